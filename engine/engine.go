// Package engine is the facade over the stages: Compile makes a program of a query's text, Run answers it over logs, Explain shows
// what each stage made of it.
package engine
