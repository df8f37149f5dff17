// Arguments in, answer out, for a generated call: see lib/judge/glue.h. Names of
// packages and functions here are long, because the solution is of the same package.
package main

import (
	vivaFmt "fmt"
	vivaBits "math"
	vivaOS "os"
	vivaRuntime "runtime"
	vivaDebug "runtime/debug"
	vivaText "strconv"
	vivaStrings "strings"
)

type ListNode struct {
	Val  int
	Next *ListNode
}

type TreeNode struct {
	Val         int
	Left, Right *TreeNode
}

const vivaMostNodes = 1000000 // more are a circle

// --- arguments ------------------------------------------------------------------

var vivaInput []byte

func vivaReadInput() {
	file := vivaOS.NewFile(3, "input")
	chunk := make([]byte, 16384)
	for {
		got, err := file.Read(chunk)
		vivaInput = append(vivaInput, chunk[:got]...)
		if err != nil {
			return
		}
	}
}

func vivaTakeWord() string {
	end := 0
	for vivaInput[end] != ' ' {
		end++
	}
	word := string(vivaInput[:end])
	vivaInput = vivaInput[end+1:]
	return word
}

func vivaTakeLong() int64 {
	value, _ := vivaText.ParseInt(vivaTakeWord(), 10, 64)
	return value
}

func vivaTakeInt() int {
	return int(vivaTakeLong())
}

func vivaTakeBool() bool {
	return vivaTakeLong() != 0
}

func vivaTakeDouble() float64 {
	value, _ := vivaText.ParseFloat(vivaTakeWord(), 64)
	return value
}

func vivaTakeString() string {
	size := vivaTakeInt()
	text := string(vivaInput[:size])
	vivaInput = vivaInput[size+1:]
	return text
}

func vivaTakeList() *ListNode {
	var first *ListNode
	end := &first
	for left := vivaTakeInt(); left > 0; left-- {
		*end = &ListNode{Val: vivaTakeInt()}
		end = &(*end).Next
	}
	return first
}

func vivaTakeTreeNode() *TreeNode {
	word := vivaTakeWord()
	if word == "n" {
		return nil
	}
	value, _ := vivaText.Atoi(word)
	return &TreeNode{Val: value}
}

// The children of the nodes in their order; behind the last word all are missing.
func vivaTakeTree() *TreeNode {
	left := vivaTakeInt()
	if left == 0 {
		return nil
	}
	left--
	root := vivaTakeTreeNode()
	nodes := []*TreeNode{root}
	for i := 0; i < len(nodes); i++ {
		for _, child := range []**TreeNode{&nodes[i].Left, &nodes[i].Right} {
			if left == 0 {
				return root
			}
			left--
			if *child = vivaTakeTreeNode(); *child != nil {
				nodes = append(nodes, *child)
			}
		}
	}
	return root
}

// A reader of arrays of what `take` reads.
func vivaTakeArray[T any](take func() T) func() []T {
	return func() []T {
		items := make([]T, vivaTakeInt())
		for i := range items {
			items[i] = take()
		}
		return items
	}
}

// --- the answer -----------------------------------------------------------------

var vivaOutput []byte

func vivaPutText(text string) {
	vivaOutput = append(vivaOutput, text...)
}

func vivaPutLong(value int64) {
	vivaOutput = vivaText.AppendInt(vivaOutput, value, 10)
}

func vivaPutInt(value int) {
	vivaPutLong(int64(value))
}

func vivaPutBool(value bool) {
	vivaOutput = vivaText.AppendBool(vivaOutput, value)
}

func vivaPutDouble(value float64) {
	switch {
	case vivaBits.IsNaN(value):
		vivaPutText(`{"$float":"nan"}`)
	case vivaBits.IsInf(value, 1):
		vivaPutText(`{"$float":"inf"}`)
	case vivaBits.IsInf(value, -1):
		vivaPutText(`{"$float":"-inf"}`)
	default:
		vivaOutput = vivaText.AppendFloat(vivaOutput, value, 'g', -1, 64)
	}
}

func vivaPutString(text string) {
	vivaPutText(`"`)
	for _, c := range text { // U+FFFD for what is not UTF-8
		switch {
		case c < 0x20:
			vivaPutText(`\u00` + string("0123456789abcdef"[c>>4]) + string("0123456789abcdef"[c&15]))
		case c == '"' || c == '\\':
			vivaPutText(`\` + string(c))
		default:
			vivaPutText(string(c))
		}
	}
	vivaPutText(`"`)
}

func vivaPutList(node *ListNode) {
	vivaPutText("[")
	for count := 0; node != nil; node = node.Next {
		if count > 0 {
			vivaPutText(",")
		}
		if count++; count > vivaMostNodes {
			panic("the list has no end")
		}
		vivaPutInt(node.Val)
	}
	vivaPutText("]")
}

func vivaPutTree(root *TreeNode) {
	nodes := []*TreeNode{root}
	for i := 0; i < len(nodes); i++ {
		if nodes[i] != nil {
			if len(nodes) > 2*vivaMostNodes {
				panic("the tree has no end")
			}
			nodes = append(nodes, nodes[i].Left, nodes[i].Right)
		}
	}
	for len(nodes) > 0 && nodes[len(nodes)-1] == nil {
		nodes = nodes[:len(nodes)-1]
	}
	vivaPutArray(func(node *TreeNode) {
		if node == nil {
			vivaPutText("null")
		} else {
			vivaPutInt(node.Val)
		}
	})(nodes)
}

// A writer of arrays of what `put` writes.
func vivaPutArray[T any](put func(T)) func([]T) {
	return func(items []T) {
		vivaPutText("[")
		for i, item := range items {
			if i > 0 {
				vivaPutText(",")
			}
			put(item)
		}
		vivaPutText("]")
	}
}

// Sends what was put, as one frame, and ends the process.
func vivaSend() {
	size := len(vivaOutput)
	frame := append([]byte{byte(size >> 24), byte(size >> 16), byte(size >> 8), byte(size)},
		vivaOutput...)
	vivaOS.NewFile(4, "answer").Write(frame)
	vivaOS.Exit(0)
}

// The innermost line of the solution that is being left.
func vivaPanicLine() int {
	places := make([]uintptr, 64)
	frames := vivaRuntime.CallersFrames(places[:vivaRuntime.Callers(2, places)])
	for {
		frame, more := frames.Next()
		if vivaStrings.HasSuffix(frame.File, "solution.go") && frame.Function != "main.vivaCall" {
			return frame.Line
		}
		if !more {
			return 0
		}
	}
}

func vivaClass(reason any) string {
	if _, is := reason.(vivaRuntime.Error); is {
		return "runtime error"
	}
	return "panic"
}

func vivaSendPanic() {
	reason := recover()
	line := vivaPanicLine()
	vivaOutput = vivaOutput[:0]
	vivaPutText(`{"exc":`)
	vivaPutString(vivaClass(reason))
	vivaPutText(`,"msg":`)
	vivaPutString(vivaStrings.TrimPrefix(vivaFmt.Sprint(reason), "runtime error: "))
	vivaPutText(`,"line":` + vivaText.Itoa(line) + `}`)
	vivaSend()
}

// Makes a generated call and sends what comes of it. It runs as an init function, so that
// the solution may have a main of its own.
func vivaServe(call func()) {
	vivaDebug.SetMaxStack(64 << 20)
	vivaReadInput()
	defer vivaSendPanic()
	vivaPutText(`{"ok":`)
	call()
	vivaPutText("}")
	vivaSend()
}
