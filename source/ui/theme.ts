import type {TextProps} from 'ink';

/** What a piece of text means; how that looks is decided here and nowhere else. */
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

/** What Ink knows of looks. */
export type Looks = Pick<TextProps, 'color' | 'dimColor' | 'bold' | 'italic' | 'underline' | 'inverse'>;

/**
 * One accent for each meaning. Only colours that can be read on light and on dark backgrounds: no white, black or
 * yellow. Nothing is told by colour alone.
 */
export const theme: Record<Style, Looks> = {
	plain: {},
	muted: {dimColor: true},
	strong: {bold: true},
	emphasis: {italic: true},
	heading: {bold: true, underline: true},
	link: {underline: true},
	typed: {color: 'cyan'},
	running: {color: 'magenta'},
	cached: {color: 'blue'},
	passed: {color: 'green'},
	failed: {color: 'red'},
	unknown: {bold: true},
	recorded: {bold: true},
	match: {inverse: true},
	now: {color: 'magenta', bold: true},
	comment: {dimColor: true, italic: true},
	string: {italic: true},
	'first-stage': {color: 'cyan', bold: true},
	'second-stage': {color: 'blue', bold: true},
	'third-stage': {color: 'green', bold: true},
	'fourth-stage': {color: 'magenta', bold: true},
};

/** Columns and rows, in characters. */
export const spacing = {
	/** Before and after text in a region. */
	margin: 1,
	/** Between two panes of one row. */
	gap: 1,
	/** Longest line of prose. */
	textColumns: 76,
	/** Narrowest pane that says something. */
	paneColumns: 24,
	/** Lowest pane: its border, an instruction and a line. */
	paneRows: 4,
};
