// Package prices knows what everything costs.
package prices

import "fmt"

var cents = map[string]int{"apple": 40, "bread": 320, "cheese": 575}

// Of returns the price of an article as text, and whether the shop has it.
func Of(article string) (string, bool) {
	price, found := cents[article]
	return fmt.Sprintf("%d.%02d", price/100, price%100), found
}
