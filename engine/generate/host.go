package generate

import (
	"fmt"
	"math/rand/v2"
)

// A build is a generation of Sysmon for Linux, which differ in what they write.
type build struct {
	version     string
	hashes      bool
	quotes      bool    // &quot; in text; builds from 2026 on leave quotes alone
	halfRules   bool    // rule names lose their second half
	unknown     float64 // share of ends whose process was never seen to start and has no image
	repeatedEnd float64 // share of ends that are written once per thread
}

var builds = []build{
	{version: "1.0.2", quotes: true, halfRules: true, unknown: 0.8, repeatedEnd: 0.03},
	{version: "1.3.3", hashes: true, quotes: true, unknown: 0.05},
	{version: "1.5.2", hashes: true, unknown: 0.05},
}

type account struct {
	name string
	uid  uint32
}

var services = []account{
	{"www-data", 33}, {"tomcat", 1001}, {"nobody", 65534}, {"omsagent", 998}, {"postgres", 114}, {"systemd-timesync", 102},
}

var (
	root     = &account{"root", 0}
	nameless = &account{"-", 65535}
)

// A host is one computer: who it is, what runs on it for long, and where its counters stand.
type host struct {
	name, machineID, bootID, agent string
	address, address6              string
	machine                        uint32 // the first eight digits of its machine id
	build                          build
	md5                            bool // hashes come with an MD5
	drift                          int64
	boot                           uint32
	record                         uint64
	sysmon                         uint32
	pid, lastPID                   uint32
	scenePID                       uint32 // of sequences, that those of the others stay as they are
	session, terminal, login       uint32 // of whoever is logged in now
	admin                          *account
	others                         map[string]*account
	daemons                        map[string]*process
	chatty                         []*process // the daemons that talk and write without starting anything
	recent                         [8]*process
	starts                         int
}

var hostNames = []string{"web-prod-%02d", "ip-172-31-%d-25", "UBUNTU%d", "db-%02d", "gitlab%d.vx", "build-agent-%02d",
	"k8s-node-%02d", "app-%02d.corp.example.net", "worker-%03d", "edge-%02d"}

var adminNames = []string{"ubuntu", "ec2-user", "admin", "ansible", "deploy", "mkraus", "jdoe"}

func newHost(r *rand.Rand, number int, start int64, images *catalog) *host {
	h := &host{
		name:    fmt.Sprintf(hostNames[number%len(hostNames)], number+1),
		machine: r.Uint32() | 0x1000_0000,
		build:   builds[[]int{0, 0, 0, 1, 1, 1, 1, 2, 2, 2}[number%10]],
		md5:     number%20 == 13,
		boot:    uint32(start - 600 - r.Int64N(90*86400)),
		record:  r.Uint64N(400_000), sysmon: 600 + r.Uint32N(900),
		pid: 2000 + r.Uint32N(20_000), lastPID: 32768,
		admin: &account{adminNames[r.IntN(len(adminNames))], 1000}, others: map[string]*account{}, daemons: map[string]*process{},
	}
	h.address = fmt.Sprintf("10.%d.%d.%d", 1+number/250%250, number%250, 10+r.IntN(200))
	h.address6 = fmt.Sprintf("fe80:0:0:0:%x:%x:%x:%x", r.IntN(65536), r.IntN(65536), r.IntN(65536), r.IntN(65536))
	h.machineID = fmt.Sprintf("%08x%016x%08x", h.machine, r.Uint64(), r.Uint32())
	h.bootID = fmt.Sprintf("%016x%016x", r.Uint64(), r.Uint64())
	h.agent = fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", r.Uint32(), r.IntN(65536), r.IntN(65536), r.IntN(65536), r.Uint64()>>16)
	if r.IntN(3) > 0 {
		h.lastPID = 4194304
	}
	if number%20 == 7 || number%20 == 11 || number%20 == 18 {
		h.drift = 3_600_000 + r.Int64N(8*86_400_000)
	}
	for _, s := range services {
		h.others[s.name] = &account{s.name, s.uid}
	}
	for i, d := range daemons {
		h.daemons[d.name] = h.daemon(r, d, uint32(400+i*37+r.IntN(30)), images)
		if d.chatty {
			h.chatty = append(h.chatty, h.daemons[d.name])
		}
	}
	return h
}

// account finds the account behind a name used in a scene: admin, or the name itself.
func (h *host) account(name string) *account {
	switch name {
	case "", "root":
		return root
	case "admin":
		return h.admin
	}
	return h.others[name]
}

// nextPID counts up, skips what forks without exec took, and wraps.
func (h *host) nextPID(r *rand.Rand) uint32 {
	h.pid += 1 + r.Uint32N(5)
	if h.pid >= h.lastPID {
		h.pid = 300 + r.Uint32N(50)
	}
	return h.pid
}

// nextScenePID counts through numbers that no other process gets.
func (h *host) nextScenePID() uint32 {
	h.scenePID++
	return 100 + h.scenePID%200
}

func (h *host) hashes(m *image) string {
	switch {
	case !h.build.hashes:
		return "-"
	case h.md5:
		return m.both
	}
	return m.sha256
}

// A process keeps what its own events and those of its children tell of it.
type process struct {
	pid, start, login         uint32
	key                       uint64 // the address that ends its GUID
	session, terminal         uint32
	image                     *image
	owner                     *account
	command, argv0, directory string
	orphan                    bool // the record of its start does not know its parent
	old                       bool // ran before Sysmon did, which therefore knows its full command
	parent                    *process
	fork                      int64 // how much earlier than its exec it was forked, in milliseconds
	step                      *step
	origin                    *host // whose ids it has, if not those of the host where it runs
}

// home is the host that a process names in its ids, when it runs on h.
func (p *process) home(h *host) *host {
	if p.origin != nil {
		return p.origin
	}
	return h
}

// cue is what a process of a sequence does, or nil.
func (p *process) cue() *cue {
	if p.step == nil {
		return nil
	}
	return p.step.cue
}

// asParent is the command line that Sysmon gives for it in its children's events: most often no more than argv[0].
func (p *process) asParent() string {
	if p.old {
		return p.command
	}
	return p.argv0
}

func appendGUID(dst []byte, machine, start uint32, key uint64) []byte {
	dst = appendHex(append(dst, '{'), uint64(machine), 8)
	dst = appendHex(append(dst, '-'), uint64(start&0xffff), 4)
	dst = appendHex(append(dst, '-'), uint64(start>>16), 4)
	dst = append(dst, '-')
	for i := range 8 {
		if i == 2 {
			dst = append(dst, '-')
		}
		dst = appendHex(dst, key>>(8*i)&0xff, 2)
	}
	return append(dst, '}')
}

type daemonKind struct {
	name, image, command, owner string
	chatty                      bool
}

var daemons = []daemonKind{
	{"systemd", "/usr/lib/systemd/systemd", "/sbin/init", "root", false},
	{"sshd", "/usr/sbin/sshd", "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups", "root", false},
	{"cron", "/usr/sbin/cron", "/usr/sbin/cron -f", "root", false},
	{"dockerd", "/usr/bin/dockerd", "/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock", "root", true},
	{"java", "/usr/lib/jvm/java-11-openjdk-amd64/bin/java", "/usr/lib/jvm/java-11-openjdk-amd64/bin/java -Djava.util.logging.config.file=/opt/tomcat/conf/logging.properties -Djava.awt.headless=true -Xms512M -Xmx1024M -server -classpath /opt/tomcat/bin/bootstrap.jar:/opt/tomcat/bin/tomcat-juli.jar -Dcatalina.base=/opt/tomcat -Dcatalina.home=/opt/tomcat org.apache.catalina.startup.Bootstrap start", "tomcat", true},
	{"omsagent", "/opt/microsoft/omsagent/ruby/bin/ruby", "/opt/microsoft/omsagent/ruby/bin/ruby /opt/microsoft/omsagent/bin/omsagent -d /var/opt/microsoft/omsagent/run/omsagent.pid", "omsagent", true},
	{"nginx", "/usr/sbin/nginx", "nginx: worker process", "www-data", true},
	{"postgres", "/usr/lib/postgresql/14/bin/postgres", "/usr/lib/postgresql/14/bin/postgres -D /var/lib/postgresql/14/main", "postgres", true},
	{"splunkd", "/opt/splunkforwarder/bin/splunkd", "splunkd -p 8089 start", "root", true},
	{"elastic-agent", "/opt/Elastic/Agent/elastic-agent", "/opt/Elastic/Agent/elastic-agent run", "root", true},
	{"wazuh-agentd", "/var/ossec/bin/wazuh-agentd", "/var/ossec/bin/wazuh-agentd", "root", true},
	{"osqueryd", "/opt/osquery/bin/osqueryd", "/opt/osquery/bin/osqueryd --flagfile /etc/osquery/osquery.flags", "root", true},
	{"wdavdaemon", "/opt/microsoft/mdatp/sbin/wdavdaemon", "/opt/microsoft/mdatp/sbin/wdavdaemon", "root", true},
	{"udevd", "/usr/lib/systemd/systemd-udevd", "/usr/lib/systemd/systemd-udevd", "root", true},
	{"timesyncd", "/usr/lib/systemd/systemd-timesyncd", "/usr/lib/systemd/systemd-timesyncd", "systemd-timesync", true},
	{"dependency-agent", "/opt/microsoft/dependency-agent/bin/microsoft-dependency-agent", "/opt/microsoft/dependency-agent/bin/microsoft-dependency-agent", "root", false},
}

func (h *host) daemon(r *rand.Rand, d daemonKind, pid uint32, images *catalog) *process {
	p := &process{
		pid: pid, start: h.boot + uint32(r.IntN(40)), session: noSession, old: true, image: images.find(d.image),
		owner: h.account(d.owner), command: d.command, argv0: d.command, directory: "/",
	}
	p.key = p.image.end(r)
	if d.name == "systemd" {
		p.pid = 1
	}
	return p
}

// relogin now and then begins a new session.
func (h *host) relogin(r *rand.Rand, now int64) {
	if h.session == 0 || r.IntN(8) == 0 {
		h.session, h.terminal, h.login = h.session%1300+1, r.Uint32N(6), uint32(now)
	}
}

const noSession = 4294967295
