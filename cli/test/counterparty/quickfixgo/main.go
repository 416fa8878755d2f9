// A trading system on quickfixgo, for tests only: logs on to the gateway, sends numbered executions at a steady pace,
// and goes on after every cut. Sequence numbers and messages are kept in files, so that it can also be restarted.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/quickfixgo/quickfix"
	"github.com/quickfixgo/quickfix/config"
	"github.com/quickfixgo/quickfix/store/file"
)

type app struct {
	password string
	loggedOn chan struct{}
}

func (a *app) OnCreate(quickfix.SessionID)                           {}
func (a *app) OnLogout(quickfix.SessionID)                           { fmt.Println("logout") }
func (a *app) ToApp(*quickfix.Message, quickfix.SessionID) error     { return nil }
func (a *app) FromAdmin(*quickfix.Message, quickfix.SessionID) quickfix.MessageRejectError { return nil }
func (a *app) FromApp(m *quickfix.Message, _ quickfix.SessionID) quickfix.MessageRejectError {
	fmt.Println("heard", m.String())
	return nil
}
func (a *app) OnLogon(quickfix.SessionID) {
	fmt.Println("logon")
	select {
	case a.loggedOn <- struct{}{}:
	default:
	}
}
func (a *app) ToAdmin(m *quickfix.Message, _ quickfix.SessionID) {
	if kind, err := m.Header.GetString(35); err == nil && kind == "A" {
		m.Body.SetString(554, a.password)
	}
}

func main() {
	port := flag.String("port", "", "gateway port")
	begin := flag.String("begin", "FIX.4.2", "BeginString")
	sender := flag.String("sender", "", "our CompID")
	target := flag.String("target", "", "the gateway's CompID")
	password := flag.String("password", "", "password")
	folder := flag.String("store", "", "folder of the session store")
	count := flag.Int("count", 1000, "executions to send")
	gapMicros := flag.Int("gap-us", 2000, "pause between executions")
	clockOffsetMs := flag.Int64("clock-offset-ms", 0, "shift of the clock that executions are stamped with")
	flag.Parse()

	session := quickfix.NewSessionSettings()
	session.Set(config.BeginString, *begin)
	session.Set(config.SenderCompID, *sender)
	session.Set(config.TargetCompID, *target)
	if *begin == "FIXT.1.1" {
		session.Set(config.DefaultApplVerID, "9")
	}
	settings := quickfix.NewSettings()
	global := settings.GlobalSettings()
	global.Set(config.SocketConnectHost, "127.0.0.1")
	global.Set(config.SocketConnectPort, *port)
	global.Set(config.HeartBtInt, "5")
	global.Set(config.ReconnectInterval, "1")
	global.Set(config.FileStorePath, *folder)
	// The demo's clock stands on another day: both sides would refuse each other's SendingTime.
	global.Set(config.CheckLatency, "N")
	if _, err := settings.AddSession(session); err != nil {
		log.Fatal(err)
	}
	a := &app{password: *password, loggedOn: make(chan struct{}, 1)}
	initiator, err := quickfix.NewInitiator(a, file.NewStoreFactory(settings), settings, quickfix.NewNullLogFactory())
	if err != nil {
		log.Fatal(err)
	}
	if err := initiator.Start(); err != nil {
		log.Fatal(err)
	}
	defer initiator.Stop()
	<-a.loggedOn

	id := quickfix.SessionID{BeginString: *begin, SenderCompID: *sender, TargetCompID: *target}
	for i := 0; i < *count; i++ {
		if err := quickfix.SendToTarget(execution(i, *sender, *begin, *clockOffsetMs), id); err != nil {
			log.Fatal(err)
		}
		if (i+1)%100 == 0 {
			fmt.Println("progress", i+1)
		}
		time.Sleep(time.Duration(*gapMicros) * time.Microsecond)
	}
	fmt.Println("sent", *count)
	// Stays on so that what was lost in a cut can be asked for again; the test ends it.
	_, _ = os.Stdin.Read(make([]byte, 1))
}

// One fill without repeating groups: this engine does not resend groups as they were.
func execution(i int, sender, begin string, clockOffsetMs int64) *quickfix.Message {
	m := quickfix.NewMessage()
	m.Header.SetString(35, "8")
	executed := time.Now().UTC().Add(time.Duration(clockOffsetMs) * time.Millisecond)
	set := func(tag int, value string) { m.Body.SetString(quickfix.Tag(tag), value) }
	set(37, fmt.Sprintf("O%d", i))
	set(17, fmt.Sprintf("QF-%s-%s-%06d", sender, begin, i))
	set(39, "2")
	set(55, "IBM")
	set(54, "1")
	set(32, "100")
	set(31, "10.25")
	set(60, executed.Format("20060102-15:04:05.000000000"))
	if begin == "FIX.4.2" {
		set(76, "TCLK")
		set(375, "ALPB")
		set(20, "0")
		set(47, "P")
		set(150, "2")
	} else {
		// One party only, so that each tag stands once; the firm is the session's.
		set(453, "1")
		set(448, "ALPB")
		set(447, "C")
		set(452, "17")
		set(150, "F")
		set(528, "P")
	}
	return m
}
