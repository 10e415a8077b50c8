/** The last line that says something; null when there is none. */
export const lastLine = (text: string): string | null =>
	text
		.split('\n')
		.map(line => line.trim())
		.filter(Boolean)
		.at(-1) ?? null;
