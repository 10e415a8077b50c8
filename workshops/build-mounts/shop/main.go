// Command shop prints the prices of the articles that its arguments name.
package main

import (
	"fmt"
	"os"

	"shop/prices"
)

func main() {
	for _, article := range os.Args[1:] {
		price, found := prices.Of(article)
		if !found {
			fmt.Fprintln(os.Stderr, "not in the shop:", article)
			os.Exit(1)
		}
		fmt.Println(article, price)
	}
}
