package localpg

import (
	"os/exec"
	"syscall"
)

// process is a child of ours. The zero of its pointer is "none".
type process struct {
	pid    int
	exited chan struct{} // closed once it is gone and collected
}

// startProcess starts a command and collects it when it ends.
func startProcess(cmd *exec.Cmd) (*process, error) {
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{pid: cmd.Process.Pid, exited: make(chan struct{})}
	go func() {
		defer close(p.exited)
		_ = cmd.Wait()
	}()
	return p, nil
}

// gone reports whether the process has ended.
func (p *process) gone() bool {
	select {
	case <-p.exited:
		return true
	default:
		return false
	}
}

// kill ends the process with all that it started, and waits for it.
func (p *process) kill() {
	if p == nil {
		return
	}
	if !p.gone() {
		_ = syscall.Kill(-p.pid, syscall.SIGKILL) // it leads its session
	}
	<-p.exited
}
