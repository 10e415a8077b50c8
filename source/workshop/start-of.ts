import type {RootContent} from 'mdast';
import type {Place} from './problems.js';

/** Where a piece of Markdown begins in its file. */
export const startOf = (node: RootContent | undefined): Place => ({
	line: node?.position?.start.line ?? 1,
	column: node?.position?.start.column ?? 1,
});
