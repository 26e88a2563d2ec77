package datamodels

import (
	"strings"
	"testing"
)

// published is the fields that Splunk's documentation lists for each model, in whichever of its datasets; those of databases of assets and
// identities are left out.
var published = map[string]string{
	"Alerts": `app body description dest dest_type id mitre_technique_id severity severity_id signature signature_id src src_type subject tag type
		user user_name vendor_account vendor_product_id vendor_region`,
	"Authentication": `action app authentication_method authentication_service dest dest_nt_domain duration reason response_time signature
		signature_id src src_nt_domain src_user src_user_id src_user_role src_user_type tag user user_agent user_id user_role user_type
		vendor_account vendor_product`,
	"Certificates": `dest dest_port duration response_time src src_port ssl_end_time ssl_engine ssl_hash ssl_is_valid ssl_issuer
		ssl_issuer_common_name ssl_issuer_email ssl_issuer_email_domain ssl_issuer_locality ssl_issuer_organization ssl_issuer_state
		ssl_issuer_street ssl_issuer_unit ssl_name ssl_policies ssl_publickey ssl_publickey_algorithm ssl_serial ssl_session_id
		ssl_signature_algorithm ssl_start_time ssl_subject ssl_subject_common_name ssl_subject_email ssl_subject_email_domain
		ssl_subject_locality ssl_subject_organization ssl_subject_state ssl_subject_street ssl_subject_unit ssl_validity_window ssl_version
		tag transport`,
	"Change": `action change_type command dest dest_ip_range dest_nt_domain dest_port_range direction dvc image_id instance_type object
		object_attrs object_category object_id object_path protocol result result_id rule_action src src_ip_range src_nt_domain src_port_range
		src_user src_user_name src_user_type status tag user user_agent user_name user_type vendor_account vendor_product vendor_product_id
		vendor_region`,
	"Compute_Inventory": `array blocksize cluster cpu_cores cpu_count cpu_mhz description dest dest_ip dns enabled family fd_max hypervisor
		hypervisor_id inline_nat interactive interface ip latency lb_method mac mem mount name node node_port os parent password read_blocks
		read_latency read_ops serial shell size snapshot src_ip status storage tag time user user_id vendor_product version vip_port write_blocks
		write_latency write_ops`,
	"Data_Access": `action app app_id dest dest_name dest_url dvc email object object_category object_id object_path object_size owner owner_email
		owner_id parent_object parent_object_category parent_object_id src user user_agent user_group user_role vendor_account vendor_product`,
	"Databases": `availability avg_executions buffer_cache_hit_ratio commits cpu_used cursor dest dump_area_used duration elapsed_time free_bytes
		indexes_hit instance_name instance_reads instance_version instance_writes last_call_minute lock_mode lock_session_id logical_reads
		logon_time machine memory_sorts number_of_users obj_name object os_pid physical_reads process_limit processes query query_id
		query_plan_hit query_time records_affected response_time seconds_in_wait serial_num session_id session_limit session_status sessions
		sga_buffer_cache_size sga_buffer_hit_limit sga_data_dict_hit_ratio sga_fixed_area_size sga_free_memory sga_library_cache_size
		sga_redo_log_buffer_size sga_shared_pool_size sga_sql_area_size src start_time stored_procedures_called table_scans tables_hit
		tablespace_name tablespace_reads tablespace_status tablespace_used tablespace_writes tag user vendor_product wait_state wait_time`,
	"DLP": `action app category dest dest_zone dlp_type dvc dvc_zone object object_category object_path severity severity_id signature
		signature_id src src_user src_zone tag user vendor_product`,
	"Email": `action delay dest duration file_hash file_name file_size filter_action filter_score internal_message_id message_id message_info
		orig_dest orig_recipient orig_src process process_id protocol recipient recipient_count recipient_domain recipient_status response_time
		retries return_addr signature signature_extra signature_id size src src_user src_user_domain status_code subject tag url user
		vendor_product xdelay xref`,
	"Endpoint": `action cpu_load_percent creation_time description dest file_access_time file_acl file_create_time file_hash file_modify_time
		file_name file_path file_size mem_used original_file_name os parent_process parent_process_exec parent_process_guid parent_process_id
		parent_process_name parent_process_path process process_current_directory process_exec process_guid process_hash process_id
		process_integrity_level process_name process_path registry_hive registry_key_name registry_path registry_value_data registry_value_name
		registry_value_text registry_value_type service service_dll service_exec service_id service_name src start_mode state status tag
		transport transport_dest_port user user_id vendor_product`,
	"Event_Signatures": `dest signature signature_id tag vendor_product`,
	"Interprocess_Messaging": `dest duration endpoint endpoint_version message message_consumed_time message_correlation_id
		message_delivered_time message_delivery_mode message_expiration_time message_id message_priority message_properties
		message_received_time message_redelivered message_reply_dest message_type parameters payload payload_type request_payload
		request_payload_type request_sent_time response_code response_payload_type response_received_time response_time return_message
		rpc_protocol status tag`,
	"Intrusion_Detection": `action category dest dest_port dvc file_hash file_name file_path ids_type severity severity_id signature signature_id
		src tag transport user vendor_product`,
	"JVM": `cm_enabled cm_supported committed_memory compilation_time cpu_time cpu_time_enabled cpu_time_supported current_cpu_time
		current_loaded current_user_time daemon_thread_count free_physical_memory free_swap heap_committed heap_initial heap_max heap_used
		jvm_description max_file_descriptors non_heap_committed non_heap_initial non_heap_max non_heap_used objects_pending omu_supported
		open_file_descriptors os os_architecture os_version peak_thread_count physical_memory process_name start_time swap_space
		synch_supported system_load tag thread_count threads_started total_loaded total_processors total_unloaded uptime vendor_product version`,
	"Malware": `action category date dest dest_nt_domain file_hash file_name file_path product_version sender severity_id signature signature_id
		signature_version src tag url user vendor_product`,
	"Network_Sessions": `action dest_dns dest_ip dest_mac dest_nt_host duration lease_duration lease_scope response_time signature signature_id
		src_dns src_ip src_mac src_nt_host tag user vendor_product dest_bunit dest_category dest_priority src_bunit src_category src_priority`,
	"Performance": `action array blocksize cluster cpu_load_mhz cpu_load_percent cpu_time cpu_user_percent dest fan_speed fd_max fd_used
		hypervisor_id latency mem mem_committed mem_free mem_used mount parent power read_blocks read_latency read_ops resource_type signature
		signature_id storage storage_free storage_free_percent storage_used storage_used_percent swap swap_free swap_used tag temperature
		thruput thruput_max uptime write_blocks write_latency write_ops`,
	"Splunk_Audit": `access_count access_time action_mode action_name action_status app buckets buckets_size complete component cron datamodel
		digest duration earliest event_id info is_inprogress last_error last_sid latest mod_time orig_rid orig_sid retention rid
		savedsearch_name search search_et search_lt search_name search_type sid signature size spent splunk_server status summary_id uri user
		view`,
	"Ticket_Management": `affect_dest change comments description dest incident priority problem severity severity_id splunk_id splunk_realm
		src_user status tag ticket_id time_submitted user`,
	"Updates": `dest dvc file_hash file_name severity severity_id signature signature_id status tag vendor_product`,
	"Vulnerabilities": `bugtraq category cert cve cvss dest dvc msft mskb severity severity_id signature signature_id tag url user vendor_product
		xref`,
	"Web": `action app bytes bytes_in bytes_out cached category cookie dest dest_port duration error_code http_content_type http_method
		http_referrer http_referrer_domain http_user_agent http_user_agent_length operation response_time site src status storage_name tag
		uri_path uri_query url url_domain url_length user vendor_product`,
}

func TestModelsHaveThePublishedFields(t *testing.T) {
	l := Builtin()
	for model, names := range published {
		m := l.model(model)
		if m == nil {
			t.Errorf("there is no model %s", model)
			continue
		}
		have := map[string]bool{}
		for _, d := range m.Datasets() {
			for _, f := range d.AllFields() {
				have[f.Name] = true
				if f.Doc == "" || strings.HasSuffix(f.Doc, " ") {
					t.Errorf("%s.%s has no doc", model, f)
				}
			}
			if d.Doc == "" {
				t.Errorf("%s has no doc", d)
			}
		}
		for _, name := range strings.Fields(names) {
			if !have[name] {
				t.Errorf("no dataset of %s has the field %s", model, name)
			}
		}
	}
}

// TestDatasetsOfModels names every dataset that detections and dashboards search, by its path.
func TestDatasetsOfModels(t *testing.T) {
	for model, paths := range map[string]string{
		"Application_State": "All_Application_State All_Application_State.Ports All_Application_State.Processes All_Application_State.Services",
		"Certificates":      "All_Certificates All_Certificates.SSL",
		"Change": `All_Changes All_Changes.Auditing_Changes All_Changes.Endpoint_Changes All_Changes.Endpoint_Changes.Endpoint_Restarts
			All_Changes.Endpoint_Changes.Other_Endpoint_Changes All_Changes.Network_Changes All_Changes.Network_Changes.Device_Restarts
			All_Changes.Account_Management All_Changes.Account_Management.Account_Lockouts All_Changes.Account_Management.Accounts_Created
			All_Changes.Account_Management.Accounts_Deleted All_Changes.Account_Management.Accounts_Updated All_Changes.Instance_Changes`,
		"Compute_Inventory": `All_Inventory All_Inventory.CPU All_Inventory.Memory All_Inventory.Network All_Inventory.OS All_Inventory.Storage
			All_Inventory.User All_Inventory.User.Cleartext_Passwords All_Inventory.User.Default_Accounts All_Inventory.Virtual_OS
			All_Inventory.Virtual_OS.Snapshot`,
		"Databases": `All_Databases All_Databases.Database_Instance All_Databases.Database_Instance.Instance_Stats
			All_Databases.Database_Instance.Session_Info All_Databases.Database_Instance.Lock_Info All_Databases.Database_Query
			All_Databases.Database_Query.Tablespace All_Databases.Database_Query.Query_Stats`,
		"Email":               "All_Email All_Email.Content All_Email.Delivery All_Email.Filtering",
		"Intrusion_Detection": "IDS_Attacks IDS_Attacks.Application_Intrusion_Detection IDS_Attacks.Host_Intrusion_Detection IDS_Attacks.Network_Intrusion_Detection",
		"JVM":                 "JVM JVM.Threading JVM.Runtime JVM.OS JVM.Compilation JVM.Classloading JVM.Memory",
		"Malware":             "Malware_Attacks Malware_Attacks.Allowed_Malware Malware_Attacks.Blocked_Malware Malware_Attacks.Deferred_Malware Malware_Operations",
		"Network_Sessions":    "All_Sessions All_Sessions.DHCP All_Sessions.Session_End All_Sessions.Session_Start All_Sessions.VPN",
		"Performance": `All_Performance All_Performance.CPU All_Performance.Facilities All_Performance.Memory All_Performance.Network
			All_Performance.OS All_Performance.OS.Timesync All_Performance.OS.Uptime All_Performance.Storage`,
		"Risk":              "All_Risk",
		"Splunk_Audit":      "Datamodel_Acceleration Search_Activity Scheduler_Activity Web_Service_Errors Modular_Actions View_Activity",
		"Ticket_Management": "All_Ticket_Management All_Ticket_Management.Change All_Ticket_Management.Incident All_Ticket_Management.Problem",
		"Web":               "Web Web.Proxy Web.Storage",
	} {
		var got []string
		for _, d := range Builtin().model(model).Datasets() {
			got = append(got, d.Path())
		}
		if want := strings.Fields(paths); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s:\n got %v\nwant %v", model, got, want)
		}
	}
}
