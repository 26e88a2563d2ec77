// Sentences of SPL. A command is its word and arguments made of shared rules; what they mean is not decided here.
parser grammar SPLParser;

options { tokenVocab = SPLLexer; }

// The four things that may be parsed: a search, one whose first command is an implied `search`, and lone expressions of both kinds.
query            : pipeline EOF;
impliedQuery     : searchExpression? (PIPE command?)* EOF;
loneSearch       : searchExpression? EOF;
loneExpression   : expression EOF;

// An empty command is reported with the tokens, not here.
pipeline         : command? (PIPE command?)*;

command
    : (SEARCH | METASEARCH) searchExpression?
    | WHERE expression
    | (EVAL | FIELDFORMAT) assignment (COMMA assignment?)*
    | HEAD (headOption | number | LPAREN expression RPAREN)*
    | FOREACH (option | field | COMMA)* template
    | TABLE (column | COMMA)*
    | FIELDS (sign | signedField | COMMA)*
    | RENAME (renaming | COMMA)*
    | SORT (option | sortKey | COMMA)*
    | REGEX (comparison | text)*
    | (STATS | EVENTSTATS | STREAMSTATS | SISTATS | CHART | SICHART | TIMECHART | SITIMECHART | GEOSTATS | TSTATS
      | MSTATS | MCATALOG | TRENDLINE | CONVERT) (option | aggregate | fromClause | COMMA)* overClause* byClause? (whereClause byClause?)?
    | (REX | EQL | CYBERCHEF | REPLACE | STRCAT | FORMAT | MAP | RANGEMAP | RETURN | SCRIPT | SAVEDSEARCH | SENDALERT | SENDEMAIL | RUN) (option | text | argument | withClause | subsearch | COMMA)* inClause?
    | (LOOKUP | DEDUP | FILLNULL | FILLDOWN | TOP | RARE | SITOP | SIRARE | BIN | BUCKET | DISCRETIZE | INPUTLOOKUP
      | OUTPUTLOOKUP | JOIN | APPEND | APPENDCOLS | APPENDPIPE | MULTISEARCH | UNION | SET | SELFJOIN | FROM
      | DATAMODEL | TRANSACTION | MAKEMV | MVEXPAND | MVCOMBINE | NOMV | IPLOCATION | SPATH | XMLKV | XMLUNESCAPE
      | XPATH | ADDTOTALS | ADDCOLTOTALS | ACCUM | AUTOREGRESS | DELTA | TAIL | REVERSE | EXTRACT | KV | KVFORM
      | MULTIKV | MAKERESULTS | MAKECONTINUOUS | MAKEJSON | TOJSON | FROMJSON | ADDINFO | REST | LOADJOB | COLLECT | MCOLLECT
      | MEVENTCOLLECT | MPREVIEW | MSEARCH | STASH | XYSERIES | UNTABLE | TRANSPOSE | TAGS | TYPER | TYPELEARNER
      | PREDICT | X11 | ANOMALIES | ANOMALOUSVALUE | ANOMALYDETECTION | ARULES | ASSOCIATE | CLUSTER | KMEANS
      | COFILTER | CONCURRENCY | CONTINGENCY | COUNTTABLE | CTABLE | CORRELATE | ANALYZEFIELDS | AF | OUTLIER | APPLY | FIT | SCORE
      | SUMMARY | LISTMODELS | DELETEMODEL | SAMPLE | ABSTRACT | AUDIT | BUCKETDIR | CEFOUT | CRAWL
      | DBINSPECT | DELETE | DIFF | DUMP | EREX | EVENTCOUNT | FIELDSUMMARY | FINDKEYWORDS | FINDTYPES | FOLDERIZE
      | GAUGE | GENTIMES | GEOM | GEOMFILTER | HIGHLIGHT | HISTORY | ICONIFY | INPUT | INPUTCSV | INTERNALINPUTCSV
      | INPUTINTELLIGENCE | LOCALIZE | LOCALOP | METADATA | NOOP | OUTPUTCSV | OUTPUTTEXT | OVERLAP | PIVOT
      | REDISTRIBUTE | RELEVANCY | RELTIME | REQUIRE | SCRUB | SEARCHTXN | SETFIELDS | TSCOLLECT | TYPEAHEAD | UNIQ
      | WALKLEX | RUNSHELLSCRIPT | NSLOOKUP)
      (option | aliased | sign | subsearch | COMMA)* (overClause | outputClause)* (byClause? whereClause? | sortbyClause)
    | (UNKNOWN_COMMAND | NOT_A_COMMAND | LPAREN | RPAREN | UNCLOSED) anything*
    ;

anything         : ~(PIPE | LBRACK | RBRACK) | subsearch;

// Parts of arguments.
option           : optionName EQ optionValue | RESET expression RPAREN | RESET_QUOTED;
optionName       : WORD | FROM_CLAUSE | OUTPUT | OVER | WITH | IN_CLAUSE;
optionValue      : WORD | SIGN | STRING | APOSTROPHES | subsearch | EVAL_OPEN expression RPAREN | LPAREN searchExpression RPAREN;
headOption       : NAME EQ (NUMBER | NAME | STRING);
number           : NUMBER;
sign             : SIGN;
text             : STRING;
argument         : WORD | SIGN | AS | BY | GROUPBY | WHERE_CLAUSE | FROM_CLAUSE | OUTPUT | OUTPUTNEW | OVER | SORTBY | AND | OR | NOT;
field            : anyWord | STRING | APOSTROPHES;
plainField       : word | STRING | APOSTROPHES;
signedField      : column;
column           : field (LPAREN (anyWord | COMMA)* RPAREN)?;
plainColumn      : plainField (LPAREN (anyWord | COMMA)* RPAREN)?;
comparison       : field (EQ | NE) STRING;
aliased          : plainColumn (AS column)?;
renaming         : plainSource (LPAREN (anyWord | COMMA)* RPAREN)? AS column;
plainSource      : WORD | STRING | APOSTROPHES | BY | WHERE_CLAUSE | FROM_CLAUSE | OUTPUT | OVER | WITH | IN_CLAUSE;
sortKey          : SIGN? field (LPAREN field RPAREN)?;
aggregate        : call (AS column)?;
call             : word (LPAREN (callArgument (COMMA callArgument)*)? RPAREN)? | EVAL_OPEN expression RPAREN;
callArgument     : field (LPAREN (callArgument (COMMA callArgument)*)? RPAREN)? | EVAL_OPEN expression RPAREN;
subsearch        : LBRACK pipeline RBRACK;
template         : LBRACK raw* RBRACK;
raw              : RAW_TEXT | LBRACK raw* RBRACK;

byClause         : (BY | GROUPBY) (option | byField | COMMA)+;
byField          : plainColumn | GROUPBY | FROM_CLAUSE | OVER | OUTPUT | OUTPUTNEW | WITH | IN_CLAUSE | SORTBY;
overClause       : OVER (option | plainColumn | COMMA)+;
fromClause       : FROM_CLAUSE (option | plainField);
whereClause      : WHERE_CLAUSE searchExpression;
outputClause     : (OUTPUT | OUTPUTNEW) (aliased | COMMA)+;
sortbyClause     : SORTBY (sortKey | COMMA)+;
withClause       : WITH (text | argument);
inClause         : (IN | IN_CLAUSE) (field | COMMA)+;

// Every decision looks at one token, or two: after a clause nothing may follow that could belong to it.
// A word where clauses may follow, and where none can.
word             : WORD;
anyWord          : WORD | AS | BY | GROUPBY | WHERE_CLAUSE | FROM_CLAUSE | OUTPUT | OUTPUTNEW | OVER | WITH | IN_CLAUSE | SORTBY | AND | OR | NOT | IN;

// Search expressions: NOT, then OR, then AND.
searchExpression : searchOr (AND? searchOr)*;
searchOr         : searchNot (OR searchNot)*;
searchNot        : NOT* searchPrimary;
searchPrimary    : LPAREN searchExpression RPAREN | subsearch | searchTerm;
searchTerm       : literal (comparator (literal | keyword | subsearch) | IN LPAREN (literal | keyword | subsearch | COMMA)* RPAREN)?;
comparator       : EQ | EQEQ | NE | LT | LE | GT | GE;
literal          : WORD | STRING | APOSTROPHES | CASED | SIGN | AS | WHERE_CLAUSE | FROM_CLAUSE | OUTPUT | OUTPUTNEW | OVER | WITH | IN_CLAUSE | SORTBY;
keyword          : IN;

// Eval expressions: NOT, then AND, then OR, then XOR.
assignment       : target EQ expression;
target           : (NAME | LIKE | IN) (MINUS (NAME | NUMBER))* | STRING | QUOTED_NAME;
expression       : disjunction (XOR disjunction)*;
disjunction      : conjunction (OR conjunction)*;
conjunction      : negation (AND negation)*;
negation         : NOT* relation;
relation         : concatenation (comparator concatenation | NOT? (LIKE concatenation | IN LPAREN arguments? RPAREN))*;
concatenation    : sum (DOT sum)*;
sum              : product ((PLUS | MINUS) product)*;
product          : unary ((STAR | SLASH | PERCENT) unary)*;
unary            : (PLUS | MINUS)* primary;
primary          : LPAREN expression RPAREN | function | QUOTED_NAME | STRING | NUMBER | subsearch;
function         : (LIKE | IN) LPAREN arguments? RPAREN | NAME (LPAREN arguments? RPAREN)?;
arguments        : expression (COMMA expression)*;
