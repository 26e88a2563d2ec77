// Command spoor runs Splunk detections on raw Linux endpoint logs.
package main

import "os"

func main() { os.Exit(start(os.Args[1:])) }
