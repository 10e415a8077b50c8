/** The meaning of a piece of text. `theme` alone decides how it looks. */
export type Style =
	| 'plain'
	| 'muted'
	| 'strong'
	| 'emphasis'
	| 'heading'
	| 'link'
	| 'typed'
	| 'running'
	| 'cached'
	| 'passed'
	| 'failed'
	| 'unknown'
	| 'recorded'
	| 'match'
	| 'now'
	| 'comment'
	| 'string'
	| 'first-stage'
	| 'second-stage'
	| 'third-stage'
	| 'fourth-stage';

/** Text attributes, by their names in Node's `inspect.colors`. */
export type Look =
	| 'dim'
	| 'bold'
	| 'italic'
	| 'underline'
	| 'inverse'
	| 'cyan'
	| 'magenta'
	| 'blue'
	| 'green'
	| 'red';

/**
 * One accent for each meaning. Only colours that can be read on light and on dark backgrounds: no white, black or
 * yellow. Colour alone never carries information.
 */
export const theme: Record<Style, Look[]> = {
	plain: [],
	muted: ['dim'],
	strong: ['bold'],
	emphasis: ['italic'],
	heading: ['bold', 'underline'],
	link: ['underline'],
	typed: ['cyan'],
	running: ['magenta'],
	cached: ['blue'],
	passed: ['green'],
	failed: ['red'],
	unknown: ['bold'],
	recorded: ['bold'],
	match: ['inverse'],
	now: ['magenta', 'bold'],
	comment: ['dim', 'italic'],
	string: ['italic'],
	'first-stage': ['cyan', 'bold'],
	'second-stage': ['blue', 'bold'],
	'third-stage': ['green', 'bold'],
	'fourth-stage': ['magenta', 'bold'],
};

/** The attributes that `NO_COLOR` allows. */
export const uncoloured: ReadonlySet<Look> = new Set<Look>(['dim', 'bold', 'italic', 'underline', 'inverse']);

/** Sizes in columns or rows. */
export const spacing = {
	/** Before and after text in a region. */
	margin: 1,
	/** Between two panes of one row. */
	gap: 1,
	/** Longest line of prose. */
	textColumns: 76,
	/** Narrowest pane that is of use. */
	paneColumns: 24,
	/** Lowest pane: its border, an instruction and a line of output. */
	paneRows: 4,
};
