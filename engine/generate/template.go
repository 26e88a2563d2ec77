package generate

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// A template is a command line with slots: a percent sign and a letter, of which lexicon.fill knows the meaning.
type template []piece

type piece struct {
	text string
	slot byte // 0: none
}

func compile(s string) template {
	var t template
	for {
		before, after, found := strings.Cut(s, "%")
		if before != "" {
			t = append(t, piece{text: before})
		}
		if !found {
			return t
		}
		t = append(t, piece{slot: after[0]})
		s = after[1:]
	}
}

// A lexicon fills templates. No word of it, and nothing drawn from its alphabets, can make an event match a detection
// that is planted: they lack the letters e and r.
type lexicon struct {
	r       *rand.Rand
	files   []string
	targets []string
	remotes []string
	classes []string
	homes   []string
	common  alias
	remote  alias
	buf     []byte
}

const (
	plainAlphabet  = "abcdfghijklmnopqstuvwxyz0123456789"
	base64Alphabet = "ABCDFGHIJKLMNOPQSTUVWXYZabcdfghijklmnopqstuvwxyz0123456789+/"
)

var (
	words = strings.Fields(`alpha batch billing cache catalog checkout config customer daily data default demo east events export
		feed frontend gateway hourly import index inventory invoice jobs landing ledger login main mail metrics mobile nightly node
		orders payments portal primary prod public queue region report sales search session shop stage stats store test tokens
		upload users vault web weekly west worker zeta`)
	packages = strings.Fields(`bash binutils bind9 busybox ca-certificates cloud-init coreutils cpio cron curl dbus dnsutils e2fsprogs
		ffmpeg file findutils git gnupg golang grep grub-pc gzip haproxy htop iproute2 jq kmod less libc6 libcap2 libcurl4 libnss3
		libpam0g libpq5 libssl3 libxml2 linux-image-generic locales logrotate lvm2 make man-db mariadb-server mysql-client nano
		netbase nginx nodejs ntp openjdk-11-jdk openssh-client openssl perl php8.1 postgresql procps python3 python3-pip rsync ruby
		screen sed snapd sqlite3 strace sudo sysstat systemd tar tcpdump tmux tomcat9 tzdata udev unzip util-linux vim wget xz-utils zip`)
	units = strings.Fields(`nginx apache2 sshd mysql postgresql docker cron rsyslog redis-server tomcat9 haproxy php8.1-fpm grafana-server
		prometheus node_exporter kubelet containerd ufw fail2ban postfix dovecot named chrony bind9 mongod elasticsearch logstash`)
	fileDirs = []string{"/var/log/", "/etc/", "/usr/share/", "/home/deploy/", "/opt/app/", "/var/lib/", "/srv/www/", "/usr/lib/", "/data/", "/tmp/build/"}
	fileExts = []string{".log", ".conf", ".json", ".txt", ".py", ".js", ".yml", ".sh", ".gz", ".html", "", ".so.6", ".xml", ".pem", ".db"}
)

func newLexicon(r *rand.Rand) *lexicon {
	l := &lexicon{r: r, common: newZipf(3000, 1.05)}
	for range 3000 {
		l.files = append(l.files, l.path())
		l.targets = append(l.targets, l.path())
	}
	for range 300 {
		l.remotes = append(l.remotes, fmt.Sprintf("%d.%d.%d.%d", 11+r.IntN(180), r.IntN(256), r.IntN(256), 1+r.IntN(254)))
	}
	l.remote = newZipf(len(l.remotes), 1.1)
	for range 250 {
		l.homes = append(l.homes, fileDirs[r.IntN(len(fileDirs))]+l.word()+"/"+l.word())
	}
	for _, jar := range words {
		l.classes = append(l.classes, "/opt/app/lib/"+jar+"-core-2."+strconv.Itoa(r.IntN(20))+".jar")
	}
	return l
}

func (l *lexicon) path() string {
	dir := fileDirs[l.r.IntN(len(fileDirs))]
	if l.r.IntN(2) == 0 {
		dir += l.word() + "/"
	}
	return dir + l.word() + "-" + l.word() + fileExts[l.r.IntN(len(fileExts))]
}

func (l *lexicon) word() string { return words[l.r.IntN(len(words))] }
func (l *lexicon) file() string { return l.files[l.common.next(l.r)] }

// directory draws where a process runs.
func (l *lexicon) directory(owner *account) string {
	switch n := l.r.IntN(100); {
	case n < 40 || owner == nameless:
		return "/"
	case n < 65 && owner.uid == 0:
		return "/root"
	case n < 65 && owner.uid >= 1000:
		return "/home/" + owner.name
	}
	return l.homes[l.r.IntN(len(l.homes))]
}

// expand fills the slots of t.
func (l *lexicon) expand(t template) string {
	if len(t) == 1 && t[0].slot == 0 {
		return t[0].text
	}
	l.buf = l.buf[:0]
	for _, p := range t {
		if p.slot == 0 {
			l.buf = append(l.buf, p.text...)
		} else {
			l.fill(p.slot)
		}
	}
	return string(l.buf)
}

func (l *lexicon) fill(slot byte) {
	switch slot {
	case 'f':
		l.buf = append(l.buf, l.file()...)
	case 'w':
		l.buf = append(l.buf, l.word()...)
	case 'p':
		l.buf = append(l.buf, packages[l.r.IntN(len(packages))]...)
	case 'u':
		l.buf = append(l.buf, units[l.r.IntN(len(units))]...)
	case 'i':
		l.buf = append(l.buf, l.remotes[l.r.IntN(len(l.remotes))]...)
	case 'd':
		l.buf = append(l.buf, byte('0'+l.r.IntN(10)))
	case 'n':
		l.buf = strconv.AppendInt(l.buf, int64(l.r.IntN(60_000)), 10)
	case 'x':
		l.random(plainAlphabet, 8)
	case 'h':
		l.random("abcdf0123456789", 40)
	case 't':
		l.buf = append(append(append(l.buf, "/tmp/"...), l.word()...), '.')
		l.random(plainAlphabet, 6)
	case 'b':
		l.random(base64Alphabet, 80+l.r.IntN(1500))
	case 'k':
		l.random(base64Alphabet, 4100+l.r.IntN(3500))
	case 'j':
		for range 20 + l.r.IntN(30) {
			l.buf = append(append(l.buf, l.classes[l.r.IntN(len(l.classes))]...), ':')
		}
	}
}

func (l *lexicon) random(alphabet string, n int) {
	for range n {
		l.buf = append(l.buf, alphabet[l.r.IntN(len(alphabet))])
	}
}
