package witness

import "slices"

// unlogged is the fields that rules need and events of Sysmon do not have, or not with the values that are asked for, and why.
var unlogged = map[string]string{
	"auditd.data.a1":                        "Sysmon sees no system calls",
	"auditd.data.a2":                        "Sysmon sees no system calls",
	"auditd.data.syscall":                   "Sysmon sees no system calls",
	"container.id":                          "Sysmon does not know containers",
	"data_stream.dataset":                   "the events of Kubernetes, HTTP or Suricata are meant",
	"data_stream.namespace":                 "Elastic's agent sets it",
	"event.action":                          "Sysmon logs exec, end, connections, creations and deletions: no forks, renames, changes of ids, modules or logins",
	"event.category":                        "Sysmon's events are about processes, connections and files, not about users, logins or drivers",
	"event.code":                            "an event of Windows is meant",
	"event.kind":                            "Sysmon raises no alerts",
	"event.module":                          "the events of another product are meant",
	"event.outcome":                         "only an exec is known to have succeeded",
	"event.type":                            "Sysmon logs starts, ends, creations and deletions, no changes and no information",
	"file.Ext.original.path":                "Sysmon logs no renames",
	"file.name":                             "an event of Windows is meant",
	"host.ip":                               "Sysmon does not log the host's addresses",
	"host.os.type":                          "an event of Windows is meant",
	"http.request.body.content":             "Sysmon does not see HTTP",
	"http.request.method":                   "Sysmon does not see HTTP",
	"http.response.status_code":             "Sysmon does not see HTTP",
	"kubernetes.audit.objectRef.resource":   "an event of Kubernetes is meant",
	"kubernetes.audit.stage":                "an event of Kubernetes is meant",
	"kubernetes.audit.verb":                 "an event of Kubernetes is meant",
	"orchestrator.resource.name":            "Sysmon does not know containers",
	"process.Ext.load_module.taint_flags":   "Sysmon does not see modules",
	"process.entry_leader.entity_id":        "Sysmon does not know the leaders of sessions and groups",
	"process.entry_leader.entry_meta.type":  "Sysmon does not know the leaders of sessions and groups",
	"process.env_vars":                      "Sysmon does not log the environment",
	"process.group.id":                      "Sysmon logs the name of the user, and no groups",
	"process.interactive":                   "Sysmon does not log terminals",
	"process.parent.interactive":            "Sysmon does not log terminals",
	"process.session_leader.entity_id":      "Sysmon does not know the leaders of sessions and groups",
	"process.thread.capabilities.effective": "Sysmon does not log capabilities",
	"process.user.id":                       "Sysmon logs the name of the user",
	"url.extension":                         "Sysmon does not see HTTP",
	"url.path":                              "Sysmon does not see HTTP",
	"user.effective.id":                     "Sysmon logs the name of the user",
	"kubernetes.audit.annotations.authorization_k8s_io/decision":        "an event of Kubernetes is meant",
	"kubernetes.audit.user.extra.authentication.kubernetes.io/pod-name": "an event of Kubernetes is meant",
}

// lacks is fields that events of Sysmon would have to have, with values of any kind, for the rule to be satisfied: as few as can be.
func (r *rule) lacks(f *form) []string {
	var fields []string
	for i, item := range r.items {
		fields = append(append(fields, fieldsOf(item.Event.Where)...), r.keys(i)...)
	}
	fields = distinct(append(fields, "event.category"))
	slices.Sort(fields)
	for i := len(fields) - 1; i >= 0; i-- {
		without := slices.Delete(slices.Clone(fields), i, i+1)
		if r.satisfiable(f, without) {
			fields = without
		}
	}
	return fields
}

// satisfiable says whether events are found if some fields may have any value.
func (r *rule) satisfiable(f *form, free []string) bool {
	freed := *f
	freed.shapes = func(n int, helped bool) []*shape {
		var out []*shape
		for _, s := range f.shapes(n, helped) {
			out = append(out, s.free(free))
		}
		return out
	}
	s, _ := newScene(r, &freed, false, true)
	return s != nil
}
