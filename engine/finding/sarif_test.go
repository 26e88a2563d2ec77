package finding

import (
	"encoding/json"
	"strings"
	"testing"

	"spoor/engine/sarif"
)

func TestSARIF(t *testing.T) {
	const want = `{
 "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
 "version": "2.1.0",
 "runs": [
  {
   "tool": {
    "driver": {
     "name": "spoor",
     "version": "1.0",
     "rules": [
      {
       "id": "5b8d",
       "name": "Service Restarts",
       "shortDescription": {
        "text": "Service Restarts"
       },
       "fullDescription": {
        "text": "Somebody restarts a service."
       },
       "helpUri": "https://example.com/a?b=1&c",
       "properties": {
        "security-severity": "2.5",
        "tags": [
         "security",
         "Execution",
         "Persistence",
         "Privilege Escalation",
         "T1053.006 Systemd Timers",
         "T1053 Scheduled Task/Job"
        ]
       }
      }
     ]
    }
   },
   "columnKind": "unicodeCodePoints",
   "results": [
    {
     "ruleId": "5b8d",
     "ruleIndex": 0,
     "level": "note",
     "message": {
      "text": "systemctl restart ssh, service x restart restarts a service on web1"
     },
     "locations": [
      {
       "physicalLocation": {
        "artifactLocation": {
         "uri": "logs/a%20b.log"
        },
        "region": {
         "startLine": 3,
         "byteOffset": 100
        }
       }
      }
     ],
     "relatedLocations": [
      {
       "physicalLocation": {
        "artifactLocation": {
         "uri": "logs/a%20b.log"
        },
        "region": {
         "startLine": 7,
         "byteOffset": 900
        }
       }
      }
     ],
     "partialFingerprints": {
      "spoorFinding/v1": "ID1"
     },
     "properties": {
      "hosts": [
       "web1"
      ],
      "riskScore": 25,
      "severity": "low",
      "time": "2026-01-05T10:05:00.000Z",
      "users": [
       "root"
      ]
     }
    }
   ]
  }
 ]
}
`
	if got, _ := written(t, Options{Format: "sarif"}, restartFinding()); got != want {
		t.Errorf("%s", got)
	}
	got, _ := written(t, Options{Format: "sarif"})
	if !strings.Contains(got, `"rules": []`) || !strings.Contains(got, `"results": []`) {
		t.Errorf("of nothing: %s", got)
	}
	one, other := restartFinding(), tunnelFinding()
	got, _ = written(t, Options{Format: "sarif"}, one, other, one)
	var log struct{ Runs []sarif.Run }
	if err := json.Unmarshal([]byte(got), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if len(run.Tool.Driver.Rules) != 2 || len(run.Results) != 3 {
		t.Fatalf("%s", got)
	}
	for i, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("result %d points to another rule", i)
		}
	}
	if run.Results[1].Level != "warning" {
		t.Errorf("medium is %s", run.Results[1].Level)
	}
}
