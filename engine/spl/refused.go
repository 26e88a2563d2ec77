package spl

import "spoor/grammar/ast"

// refusal says why a command cannot run, and what does the same here or comes near to it.
type refusal struct{ why, instead string }

// Reasons that several commands share.
const (
	noServer  = "it works on a Splunk server's own data, and there is no server"
	noSummary = "it prepares results for a summary index, and there are no indexes"
	noMetrics = "it reads metric indexes, and there are none"
	noModels  = "it is a command of the Machine Learning Toolkit, which is not here"
	noGuess   = "its statistics are Splunk's own and not published well enough to give the same results"
	noProgram = "searches start no programs"
	noScreen  = "it only concerns how Splunk's pages show results"
	noFile    = "searches write no files but lookups"
)

// refused is the commands that cannot run here, for a reason that can be told.
var refused = map[string]refusal{
	"abstract":          {noScreen, "eval summary=substr(_raw, 1, 200) shortens an event"},
	"af":                {noGuess, "stats count dc(<field>) avg(<field>) says what a field holds"},
	"analyzefields":     {noGuess, "stats count dc(<field>) avg(<field>) says what a field holds"},
	"anomalies":         {noGuess, "eventstats count by <field>, and where count<5 behind it, finds what is rare"},
	"anomalousvalue":    {noGuess, "rare <field> shows rare values"},
	"anomalydetection":  {noGuess, "eventstats avg(x) as mean stdev(x) as dev, and where x>mean+3*dev behind it, finds what stands out"},
	"apply":             {noModels, ""},
	"arules":            {noGuess, "stats count by the fields shows which values come together"},
	"associate":         {noGuess, "stats count by the fields shows which values come together"},
	"audit":             {noServer, ""},
	"bucketdir":         {noServer, "rex field=source \"(?<dir>.*)/\", and stats count by dir behind it"},
	"cefout":            {noFile, "-o ndjson or -o csv gives the rows in another form"},
	"cluster":           {noGuess, "eval shape=replace(_raw, \"\\\\d+\", \"#\"), and stats count by shape behind it"},
	"cofilter":          {noGuess, "stats dc(<field>) by <field>"},
	"collect":           {noSummary, "outputlookup append=true keeps rows for later searches"},
	"correlate":         {noGuess, ""},
	"crawl":             {noServer, "name files and folders on the command line"},
	"cyberchef":         {"it belongs to an app that is not here", "eval has urldecode, tostring, tonumber and replace"},
	"dbinspect":         {noServer, ""},
	"delete":            {"logs are only read", "where leaves rows out"},
	"deletemodel":       {noModels, ""},
	"diff":              {"it compares the text of two results line by line for a page of Splunk's", "set diff [...] [...] compares the rows of two searches"},
	"dump":              {noFile, "-o csv or -o ndjson gives all rows, to be kept in a file"},
	"erex":              {noGuess, "rex \"(?<name>...)\" takes an expression of your own"},
	"eventcount":        {noServer, "stats count by sourcetype counts events"},
	"findkeywords":      {noGuess, ""},
	"findtypes":         {noGuess, ""},
	"fit":               {noModels, ""},
	"folderize":         {noScreen, ""},
	"gauge":             {noScreen, "eval and table give its numbers"},
	"geom":              {noScreen, ""},
	"geomfilter":        {noScreen, "where lat>... AND lon<... bounds an area"},
	"geostats":          {noScreen, "stats by the fields of the place"},
	"history":           {noServer, ""},
	"iconify":           {noScreen, "leave it out: it changes no row"},
	"input":             {noServer, "name files and folders on the command line"},
	"inputintelligence": {"it reads the threat lists of Enterprise Security", "inputlookup reads a list out of the folder that --lookups names"},
	"internalinputcsv":  {"there is no folder of results on a server", "inputlookup reads a CSV file out of the folder that --lookups names"},
	"kmeans":            {noGuess, ""},
	"kvform":            {"its forms are in Splunk's configuration", "rex takes an expression of your own"},
	"listmodels":        {noModels, ""},
	"loadjob":           {"there are no earlier results on a server", "keep rows with outputlookup, and read them with inputlookup"},
	"localize":          {"nothing here makes ranges of time for map", "streamstats with time_window, or transaction with maxpause, finds events near each other"},
	"localop":           {noServer, "leave it out: everything runs here"},
	"makejson":          {"it belongs to an app that is not here", "eval json=json_object(\"name\", field) makes JSON"},
	"mcatalog":          {noMetrics, ""},
	"mcollect":          {noMetrics, "outputlookup append=true keeps rows for later searches"},
	"metasearch":        {"there is no index with which to find events without reading them", "write search, and fields host source sourcetype behind it"},
	"meventcollect":     {noMetrics, "outputlookup append=true keeps rows for later searches"},
	"mpreview":          {noMetrics, ""},
	"msearch":           {noMetrics, ""},
	"mstats":            {noMetrics, "stats and timechart aggregate events"},
	"noop":              {noServer, "leave it out: it changes no row"},
	"nslookup":          {"searches ask no name servers", "lookup finds names in a table of your own"},
	"outputcsv":         {noFile, "-o csv gives the rows as CSV; outputlookup writes them into the folder that --lookups names"},
	"outputtext":        {noFile, "-o raw gives the events' own text"},
	"overlap":           {noSummary, ""},
	"pivot":             {"its arguments are those of a page of Splunk's", "tstats reads the same data models"},
	"predict":           {noGuess, "trendline sma5(<field>) smooths a series"},
	"redistribute":      {noServer, "leave it out: every core is used as it is"},
	"relevancy":         {noGuess, ""},
	"rest":              {"it asks a Splunk server over its REST interface, and there is no server", ""},
	"run":               {noProgram, "pipe the rows into the program: -o csv or -o ndjson"},
	"runshellscript":    {noProgram, "pipe the rows into the program: -o csv or -o ndjson"},
	"sample":            {noModels, "where random()%100=0 keeps about one row of a hundred"},
	"score":             {noModels, ""},
	"script":            {noProgram, "pipe the rows into the program: -o csv or -o ndjson"},
	"scrub":             {"its dictionaries are Splunk's", "rex mode=sed replaces what shall not be seen"},
	"searchtxn":         {"its transaction types are in Splunk's configuration", "transaction <field> groups events"},
	"selfjoin":          {"nothing here joins a result with itself", "stats values(*) as * by <field> joins the rows of one value"},
	"sendalert":         {"it starts an alert action of a server", "pipe the rows into a program that tells others: -o ndjson"},
	"sendemail":         {"searches send nothing", "pipe the rows into a mailer: -o table or -o csv"},
	"stash":             {noSummary, "outputlookup append=true keeps rows for later searches"},
	"summary":           {noModels, ""},
	"tojson":            {"whole rows become JSON only in the output", "-o ndjson; within a search eval json=json_object(\"name\", field) makes JSON"},
	"tscollect":         {noSummary, "tstats reads logs by data model without any preparation"},
	"typeahead":         {noServer, ""},
	"typelearner":       {noGuess, ""},
	"walklex":           {noServer, ""},
	"x11":               {noGuess, "trendline sma5(<field>) smooths a series"},
	"xmlunescape":       {"nothing here reads the entities of XML in a field", "eval field=replace(field, \"&lt;\", \"<\") and so on for each entity"},
	"xpath":             {"there is no reader of XPath expressions", "rex takes a piece of text out of XML"},
}

// Refused says why a command cannot run here, and what to write instead, if there is anything; ok is false if nothing is known of it.
func Refused(name string) (why, instead string, ok bool) {
	r, ok := refused[name]
	return r.why, r.instead, ok
}

// refuse reports a command that the grammar knows but nothing runs.
func (p *planner) refuse(c *ast.Command) {
	r, known := refused[c.Name]
	if !known {
		p.errorf(commandSpan(c), "cannot-run", "the command %s cannot run here", c.Name).WithHint("`spoor help commands` lists those that can")
		return
	}
	d := p.errorf(commandSpan(c), "cannot-run", "the command %s cannot run here: %s", c.Name, r.why)
	if r.instead != "" {
		d.WithHint("%s", r.instead)
	}
}
