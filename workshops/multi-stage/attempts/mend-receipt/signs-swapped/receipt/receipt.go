package main

import "fmt"

// total adds up prices in cents.
func total(prices []int) int {
	sum := 0
	for _, price := range prices {
		sum =+ price
	}
	return sum
}

func main() {
	fmt.Println("total:", total([]int{250, 199, 120}))
}
