// The portal on a socket.
package demo

import (
	"net"
	"net/http"
	"time"

	"veridesk/backend/idv"
)

// Server is a portal that listens.
type Server struct {
	listener net.Listener
	http     *http.Server
	done     chan struct{} // closed when the server has stopped
}

// Listen serves a portal on addr, a host and a port; port 0 takes a free one.
// It returns when the portal can be called. The error is an *idv.Error.
func Listen(addr string, o Options) (*Server, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, cannotListen(addr, err)
	}
	s := &Server{
		listener: listener,
		http:     &http.Server{Handler: New(o), ReadHeaderTimeout: 10 * time.Second},
		done:     make(chan struct{}),
	}
	go func() {
		defer close(s.done)
		s.http.Serve(listener) // always returns http.ErrServerClosed: see Close
	}()
	return s, nil
}

func cannotListen(addr string, err error) error {
	return &idv.Error{
		Code: idv.CodeInvalid, Cause: err,
		Message: "The demo portal cannot listen on " + addr + ".",
		Hint:    "Another program may be using that port: choose another one, on an address of this computer such as 127.0.0.1:8701.",
	}
}

// Addr is the address that the portal listens on, with the port it got.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// URL is the address to call the portal by from this computer.
func (s *Server) URL() string {
	at := *s.listener.Addr().(*net.TCPAddr)
	if at.IP.IsUnspecified() {
		at.IP = net.IPv4(127, 0, 0, 1)
	}
	return "http://" + at.String()
}

// Close stops the portal at once, answers under way included.
func (s *Server) Close() error {
	err := s.http.Close()
	<-s.done
	return err
}
