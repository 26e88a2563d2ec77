// Command spoor runs Splunk and Elastic detections on raw Linux endpoint logs.
package main

import "os"

func main() { os.Exit(start(os.Args[1:])) }
