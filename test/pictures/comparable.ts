/**
 * What a picture shows, piece by piece: row, look and text. What differs from one playing to the next is levelled: the
 * seconds that pass on the clock, the length of bars, the turn of the spinner.
 */
export const comparable = (svg: string): string[] =>
	[...svg.matchAll(/<text x="[^"]*" y="(\d+)" textLength="[^"]*" ([^>]*)>([^<]*)<\/text>/g)].map(
		([, row, look, text = '']) =>
			`${row} ${look} ${text
				.replace(/\d+(?:\.\d+)? s\b/g, '0 s')
				.replace(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g, '⠋')
				.replace(/([━─█▆])\1+/g, '$1')
				.replace(/ +/g, ' ')
				.trim()}`,
	);

/** What stands still in a film, and what belongs to one of its scenes: a picture of that moment. */
export const sceneOf = (film: string, viewModel: string): string =>
	film.replace(/<g class="([^"]*)">.*<\/g>/g, (group, classes: string) =>
		classes.split(' ').includes(viewModel) ? group : '',
	);
