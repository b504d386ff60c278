//go:build !linux && !windows && !darwin

package away

import "context"

func watchSystem(context.Context, func(Reason)) {}
