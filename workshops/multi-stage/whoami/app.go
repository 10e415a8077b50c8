// Command whoami is a web server that tells who answers: the name and the
// addresses of the machine it runs on, and the request as it arrived there.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sort"
	"syscall"
	"time"
)

// answer is what a request brings back: as text, under /api as JSON.
type answer struct {
	Hostname   string      `json:"hostname"`
	IPs        []string    `json:"ip"`
	RemoteAddr string      `json:"remoteAddr"`
	Method     string      `json:"method"`
	URL        string      `json:"url"`
	Protocol   string      `json:"protocol"`
	Host       string      `json:"host"`
	Headers    http.Header `json:"headers"`
}

func main() {
	// No time in front of the lines: `docker logs -t` adds it.
	log.SetFlags(0)
	port := flag.Int("port", 80, "port to listen on")
	flag.Parse()
	if err := serve(*port); err != nil {
		log.Fatal(err)
	}
}

// serve answers requests until Ctrl-C or `docker stop` ends it.
func serve(port int) error {
	stopped, forget := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer forget()

	listener, err := net.Listen("tcp", fmt.Sprintf(":%d", port))
	if err != nil {
		return err
	}
	// Said only now that it is true.
	log.Printf("Starting up on port %d", port)

	server := &http.Server{
		Handler:           routes(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      10 * time.Second,
		IdleTimeout:       time.Minute,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-stopped.Done():
	}

	// Whoever is being answered gets the rest of the answer.
	patience, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(patience); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return server.Close()
}

func routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", sendText)
	mux.HandleFunc("/api", sendJSON)
	return mux
}

func sendText(w http.ResponseWriter, r *http.Request) {
	a, err := whoAmI(r)
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintf(w, "Hostname: %s\n", a.Hostname)
	for _, ip := range a.IPs {
		fmt.Fprintf(w, "IP: %s\n", ip)
	}
	fmt.Fprintf(w, "RemoteAddr: %s\n", a.RemoteAddr)
	fmt.Fprintf(w, "%s %s %s\n", a.Method, a.URL, a.Protocol)
	fmt.Fprintf(w, "Host: %s\n", a.Host)

	// A map has no order of its own.
	var names []string
	for name := range a.Headers {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		for _, value := range a.Headers[name] {
			fmt.Fprintf(w, "%s: %s\n", name, value)
		}
	}
}

func sendJSON(w http.ResponseWriter, r *http.Request) {
	a, err := whoAmI(r)
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	// An error here means that the asker has gone.
	_ = json.NewEncoder(w).Encode(a)
}

// fail tells the log what went wrong, and the asker that something did.
func fail(w http.ResponseWriter, err error) {
	log.Print(err)
	http.Error(w, "whoami does not know", http.StatusInternalServerError)
}

// whoAmI collects the answer to one request.
func whoAmI(r *http.Request) (answer, error) {
	hostname, err := os.Hostname()
	if err != nil {
		return answer{}, err
	}
	ips, err := addresses()
	if err != nil {
		return answer{}, err
	}
	return answer{
		Hostname:   hostname,
		IPs:        ips,
		RemoteAddr: r.RemoteAddr,
		Method:     r.Method,
		URL:        r.URL.RequestURI(),
		Protocol:   r.Proto,
		Host:       r.Host,
		Headers:    r.Header,
	}, nil
}

// addresses lists where others reach this machine: all but loopback.
func addresses() ([]string, error) {
	found, err := net.InterfaceAddrs()
	if err != nil {
		return nil, err
	}
	ips := []string{}
	for _, address := range found {
		if network, ok := address.(*net.IPNet); ok && !network.IP.IsLoopback() {
			ips = append(ips, network.IP.String())
		}
	}
	return ips, nil
}
