package datamodels

import (
	"slices"
	"strings"
	"testing"
)

// table says by hand what the common information model declares of a dataset.
type table struct {
	unknown string // "unknown" if null or empty
	derived string // calculated in another way
	plain   string // as extracted
	beyond  string // as extracted, outside the model
	numbers string
	lists   string // multivalues
	assets  string
	users   string
}

var cim = map[string]table{
	"Endpoint.Processes": {
		unknown: "dest parent_process process user original_file_name loaded_file parent_user",
		derived: "process_name parent_process_name process_integrity_level vendor_product",
		plain: `action cpu_load_percent mem_used os parent_process_exec parent_process_id parent_process_guid parent_process_path
			process_current_directory process_exec process_hash process_guid process_id process_path user_id parent_process_hash cim_entity_zone tag`,
		beyond:  "dvc signature signature_id",
		numbers: "cpu_load_percent mem_used parent_process_id process_id",
		lists:   "process_hash parent_process_hash tag",
		assets:  "dest", users: "user",
	},
	"Endpoint.Filesystem": {
		unknown: "action dest file_hash file_name file_path file_acl user parent_process process",
		derived: "process_name parent_process_name file_size vendor_product",
		plain:   "file_access_time file_create_time file_modify_time process_guid process_id process_hash process_path cim_entity_zone tag",
		beyond:  "dvc signature signature_id object_category process_exec",
		numbers: "file_size",
		lists:   "process_hash tag",
		assets:  "dest", users: "user",
	},
	"Endpoint.Registry": {
		unknown: "action dest registry_path registry_key_name registry_value_data registry_value_name registry_value_type user",
		derived: "vendor_product",
		plain:   "process_guid process_id registry_hive registry_value_text status tag",
		lists:   "tag",
		assets:  "dest", users: "user",
	},
	"Endpoint.Services": {
		unknown: "dest service service_name service_id start_mode status user",
		derived: "vendor_product",
		plain: `description process_guid process_id service_dll service_dll_path service_dll_hash service_dll_signature_exists
			service_dll_signature_verified service_exec service_hash service_path service_signature_exists service_signature_verified tag`,
		beyond: "dvc signature signature_id file_path",
		lists:  "service_dll_hash service_hash tag",
		assets: "dest", users: "user",
	},
	"Endpoint.Ports": {
		unknown: "src dest user transport",
		derived: "dest_port src_port transport_dest_port vendor_product",
		plain:   "creation_time process_guid process_id state tag",
		numbers: "dest_port src_port",
		lists:   "transport_dest_port tag",
		assets:  "dest src", users: "user",
	},
	"Network_Traffic.All_Traffic": {
		unknown: "action dest dvc rule src user",
		derived: "transport dest_port src_port bytes bytes_in bytes_out packets packets_in packets_out vendor_product",
		plain: `app channel dest_interface dest_ip dest_mac dest_translated_ip dest_translated_port dest_zone direction duration dvc_ip dvc_mac
			dvc_zone flow_id icmp_code icmp_type process_id protocol protocol_version response_time session_id src_interface src_ip src_mac
			src_translated_ip src_translated_port src_zone ssid tcp_flag tos ttl vlan wifi tag`,
		beyond: "creation_time dest_host process_guid process_name signature signature_id src_host state transport_dest_port",
		numbers: `dest_port src_port bytes bytes_in bytes_out packets packets_in packets_out dest_translated_port src_translated_port duration
			icmp_type response_time ttl`,
		lists:  "tcp_flag vlan wifi tag transport_dest_port",
		assets: "dest dvc src", users: "user",
	},
	"Network_Resolution.DNS": {
		unknown: "answer dest message_type query",
		derived: "answer_count query_count reply_code_id reply_code vendor_product",
		plain: `additional_answer_count authority_answer_count dest_port duration name query_type record_type response_time src src_port
			transport transaction_id ttl tag`,
		beyond:  "dvc flow_id process_guid process_id process_name signature signature_id user",
		numbers: "answer_count query_count additional_answer_count authority_answer_count dest_port duration response_time src_port ttl",
		lists:   "answer src_port tag",
		assets:  "dest src",
	},
	"Web.Web": {
		unknown: "action app category dest http_content_type http_method http_user_agent http_referrer src status url user",
		derived: "bytes bytes_in bytes_out http_user_agent_length url_length vendor_product",
		plain: `cached cookie dest_port duration error_code http_referrer_domain operation response_time site src_port storage_name tag uri_path
			uri_query url_domain`,
		numbers: "bytes bytes_in bytes_out dest_port duration http_user_agent_length response_time src_port url_length",
		lists:   "tag",
		assets:  "dest src", users: "user",
	},
	"Change.All_Changes": {
		unknown: "action change_type command dest dvc object object_attrs object_category object_id object_path src status user user_name",
		derived: "result result_id vendor_product",
		plain:   "tag user_agent user_type vendor_account vendor_product_id vendor_region cim_entity_zone",
		lists:   "object_attrs tag",
		assets:  "dest src", users: "user",
	},
	"Authentication.Authentication": {
		unknown: "action src src_user dest user",
		derived: "app vendor_product",
		plain:   "dest_nt_domain duration response_time signature signature_id src_nt_domain tag",
		beyond: `authentication_method authentication_service method reason src_user_id src_user_role src_user_type user_agent user_id user_role
			user_type vendor_account`,
		numbers: "duration response_time",
		lists:   "tag",
		assets:  "dest src", users: "src_user user",
	},
}

func (c table) suffixed() (names, lists []string) {
	for _, side := range []struct{ bases, suffixes string }{
		{c.assets, "_bunit _category _is_expected _priority _requires_av _should_timesync _should_update"},
		{c.users, "_bunit _category _priority"},
	} {
		for _, base := range strings.Fields(side.bases) {
			for _, suffix := range strings.Fields(side.suffixes) {
				names = append(names, base+suffix)
			}
			lists = append(lists, base+"_category")
		}
	}
	return names, lists
}

func TestModelsAreTheCommonInformationModel(t *testing.T) {
	l := Builtin()
	for name, want := range cim {
		d, unknown := l.Lookup(name)
		if unknown != nil {
			t.Fatal(unknown.Message)
		}
		got := map[string][]string{}
		for _, f := range d.AllFields() {
			kind := "derived"
			switch f.Default.String() {
			case "":
				kind = "plain"
			case "if(isnull(" + f.Name + ") OR " + f.Name + `="","unknown",` + f.Name + ")":
				kind = "unknown"
			}
			got[kind] = append(got[kind], f.Name)
			if f.Type == "number" {
				got["numbers"] = append(got["numbers"], f.Name)
			}
			if f.Multivalue {
				got["lists"] = append(got["lists"], f.Name)
			}
			if f.Doc == "" {
				t.Errorf("%s has no doc", f)
			}
		}
		suffixed, lists := want.suffixed()
		for kind, names := range map[string][]string{
			"unknown": strings.Fields(want.unknown),
			"derived": strings.Fields(want.derived),
			"plain":   append(strings.Fields(want.plain+" "+want.beyond), suffixed...),
			"numbers": strings.Fields(want.numbers),
			"lists":   append(strings.Fields(want.lists), lists...),
		} {
			slices.Sort(names)
			slices.Sort(got[kind])
			if !slices.Equal(got[kind], names) {
				t.Errorf("%s, %s:\n got %v\nwant %v", name, kind, got[kind], names)
			}
		}
	}
}

func TestCalculatedDefaults(t *testing.T) {
	firstWord := func(name, of string) string {
		return `coalesce(nullif(` + name + `,""), nullif(mvindex(split(trim(` + of + `)," "),0),""), "unknown")`
	}
	for name, want := range map[string]string{
		"Endpoint.Processes process_name":            firstWord("process_name", "process"),
		"Endpoint.Processes parent_process_name":     firstWord("parent_process_name", "parent_process"),
		"Endpoint.Processes process_integrity_level": `lower(process_integrity_level)`,
		"Endpoint.Filesystem process_name":           firstWord("process_name", "process"),
		"Endpoint.Filesystem file_size":              `tonumber(file_size)`,
		"Network_Traffic transport":                  `if(isnull(transport) OR transport="","unknown",lower(transport))`,
		"Network_Traffic dest_port":                  `coalesce(tonumber(dest_port),0)`,
		"Network_Traffic src_port":                   `coalesce(tonumber(src_port),0)`,
		"Network_Traffic bytes":                      `coalesce(tonumber(bytes), tonumber(bytes_in)+tonumber(bytes_out))`,
		"Network_Traffic packets_in":                 `coalesce(tonumber(packets_in), tonumber(packets)-tonumber(packets_out))`,
		"Network_Resolution answer_count":            `coalesce(tonumber(answer_count), mvcount(answer), 1)`,
		"Network_Resolution reply_code_id":           `coalesce(nullif(reply_code_id,""), nullif(reply_code,""), "unknown")`,
		"Authentication app":                         `coalesce(nullif(app,""), sourcetype)`,
		"Web url_length":                             `coalesce(tonumber(url_length), len(url))`,
		"Web http_user_agent_length":                 `coalesce(tonumber(http_user_agent_length), len(http_user_agent))`,
		"Change result":                              `coalesce(nullif(result,""), nullif(signature,""), "unknown")`,
		"Change result_id":                           `coalesce(nullif(result_id,""), nullif(signature_id,""), -1)`,
		"Email recipient_count":                      `coalesce(tonumber(recipient_count), mvcount(recipient))`,
	} {
		dataset, field, _ := strings.Cut(name, " ")
		d, unknown := Builtin().Lookup(dataset)
		if unknown != nil {
			t.Fatal(unknown.Message)
		}
		if got := d.Field(field).Default.String(); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	for _, m := range Builtin().Models() {
		for _, d := range m.Datasets() {
			if d.named["vendor_product"] == nil {
				continue
			}
			want := `case(vendor_product!="", vendor_product, vendor!="" AND product!="", vendor . " " . product, vendor!="", vendor . " unknown", ` +
				`product!="", "unknown " . product, sourcetype!="", sourcetype, true(), "unknown")`
			if got := d.Field("vendor_product").Default.String(); got != want || !d.assignable("vendor") || !d.assignable("product") {
				t.Errorf("vendor_product of %s, of %v, is %s", d, d.Inputs, got)
			}
		}
	}
}

func TestChildren(t *testing.T) {
	failed, succeeded := `lower(action)="failure"`, `lower(action)="success"`
	all := `NOT (lower(action)="success" AND like(user,"%$"))`
	tagged := func(tag string) string { return `isnotnull(mvfind(tag,"(?i)^` + tag + `$"))` }
	for path, want := range map[string][]string{
		"Network_Traffic.All_Traffic":                                                            {},
		"Network_Traffic.All_Traffic.Traffic_By_Action":                                          {"isnotnull(action)"},
		"Network_Traffic.All_Traffic.Traffic_By_Action.Allowed_Traffic":                          {"isnotnull(action)", `lower(action)="allowed"`},
		"Network_Traffic.All_Traffic.Traffic_By_Action.Blocked_Traffic":                          {"isnotnull(action)", `lower(action)="blocked"`},
		"Authentication.Authentication":                                                          {all},
		"Authentication.Authentication.Failed_Authentication":                                    {all, failed},
		"Authentication.Authentication.Successful_Authentication":                                {all, succeeded},
		"Authentication.Authentication.Default_Authentication":                                   {all, tagged("default")},
		"Authentication.Authentication.Default_Authentication.Failed_Default_Authentication":     {all, tagged("default"), failed},
		"Authentication.Authentication.Default_Authentication.Successful_Default_Authentication": {all, tagged("default"), succeeded},
		"Authentication.Authentication.Insecure_Authentication":                                  {all, `isnotnull(mvfind(tag,"(?i)^(insecure|cleartext)$"))`},
		"Authentication.Authentication.Privileged_Authentication":                                {all, tagged("privileged")},
		"Authentication.Authentication.Privileged_Authentication.Failed_Privileged_Authentication": {
			all, tagged("privileged"), failed},
		"Authentication.Authentication.Privileged_Authentication.Successful_Privileged_Authentication": {
			all, tagged("privileged"), succeeded},
	} {
		d, unknown := Builtin().Lookup(path)
		if unknown != nil {
			t.Error(unknown.Message)
			continue
		}
		var got []string
		for _, c := range d.Conditions() {
			got = append(got, c.String())
		}
		if d.String() != path || !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
		if len(d.AllFields()) != len(d.Root().Fields) {
			t.Errorf("%s has %d fields, its root %d", d, len(d.AllFields()), len(d.Root().Fields))
		}
	}
}
