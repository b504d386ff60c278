package cli

import (
	"fmt"
	"net"
	"strings"

	"veridesk/backend/demo"
	"veridesk/backend/idv"
)

const portalUsage = "[--addr 127.0.0.1:8700] [--sessions 5000] [--seed 1] [--key demo]"

func runPortal(c *call) error {
	var o demo.Options
	addr := c.flags.String("addr", "127.0.0.1:8700", "")
	demoFlags(c, &o)
	c.flags.StringVar(&o.Key, "key", demo.DefaultKey, "")
	if err := c.parse(); err != nil {
		return err
	}
	if err := checkDemo(c, o); err != nil {
		return err
	}
	if _, _, err := net.SplitHostPort(*addr); err != nil {
		return usage("--addr %q is not an address and a port, such as 127.0.0.1:8700.", *addr)
	}
	if o.Key == "" || strings.ContainsFunc(o.Key, func(c rune) bool { return c <= ' ' || c > '~' }) {
		return usage("--key %q is no key: letters, digits and signs without blanks.", o.Key)
	}
	portal, err := demo.Listen(*addr, o)
	if err != nil {
		return err
	}
	defer portal.Close()
	err = c.print(map[string]any{
		"address": portal.Addr(), "url": portal.URL(), "key": o.Key, "sessions": o.Sessions, "seed": o.Seed,
	}, fmt.Sprintf("The demo portal listens on %s with %d invented sessions. Its key is %q. Ctrl+C stops it.",
		portal.URL(), o.Sessions, o.Key))
	if err != nil {
		return err
	}
	<-c.ctx.Done()
	return nil
}

// maxSessions bounds a demo portal, which keeps some bytes of every session in
// memory: a slip of the finger must not fill it.
const maxSessions = 10_000_000

// demoFlags are the flags that describe the demo portal's sessions.
func demoFlags(c *call, o *demo.Options) {
	c.flags.IntVar(&o.Sessions, "sessions", demo.DefaultSessions, "")
	c.flags.Int64Var(&o.Seed, "seed", demo.DefaultSeed, "")
}

func checkDemo(c *call, o demo.Options) error {
	if len(c.args) > 0 {
		return usage("%s takes no %q.", c.flags.Name(), c.args[0])
	}
	if o.Sessions < 0 || o.Sessions > maxSessions {
		return &idv.Error{
			Code:    idv.CodeUsage,
			Message: fmt.Sprintf("--sessions %d is not between 0 and %d.", o.Sessions, maxSessions),
			Hint:    "Name a number in that range.",
		}
	}
	return nil
}
