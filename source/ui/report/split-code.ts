/** The parts of a sentence; what stands in backticks is code. */
export const splitCode = (sentence: string): Array<{value: string; isCode: boolean}> =>
	sentence
		.split('`')
		.map((value, index) => ({value, isCode: index % 2 === 1}))
		.filter(({value}) => value !== '');
