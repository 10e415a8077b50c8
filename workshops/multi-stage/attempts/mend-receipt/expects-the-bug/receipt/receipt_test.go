package main

import "testing"

func TestTotal(t *testing.T) {
	if got := total([]int{250, 199}); got != 199 {
		t.Errorf("total of 250 and 199 is %d, want 199", got)
	}
}
