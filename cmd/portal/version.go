package main

import (
	"context"
	"runtime/debug"
)

// version is set by the Makefile.
var version = ""

type versionCommand struct{}

// Run prints the version.
func (*versionCommand) Run(_ context.Context, out *output) error {
	out.say("portal %s", versionName())
	return nil
}

// versionName is the version, or the commit it was built from.
func versionName() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				return setting.Value
			}
		}
	}
	return "dev"
}
