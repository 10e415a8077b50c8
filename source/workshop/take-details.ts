import type {Html, RootContent} from 'mdast';
import type {Place} from './problems.js';
import {startOf} from './start-of.js';

/** One `<details><summary>Hint</summary> … </details>` of a step's text. */
export type Details = {
	summary: string;
	/** Of `<!-- for: finding, … -->` below the summary: whom it is for; empty: for all. */
	findings: string[];
	nodes: RootContent[];
	place: Place;
	isClosed: boolean;
};

/** Takes the `<details>` blocks out of the text. */
export const takeDetails = (nodes: RootContent[]): {details: Details[]; body: RootContent[]} => {
	const details: Details[] = [];
	const body: RootContent[] = [];
	let open: Details | null = null;
	for (const node of nodes) {
		const [, summary, rest = ''] =
			(isHtml(node) && /^<details>\s*<summary>(.*?)<\/summary>([\s\S]*)$/.exec(node.value)) || [];
		if (summary !== undefined) {
			const findings = findingsIn(rest) ?? [];
			open = {summary: summary.trim(), findings, nodes: [], place: startOf(node), isClosed: false};
			details.push(open);
		} else if (open && open.nodes.length === 0 && isHtml(node) && findingsIn(node.value)) {
			open.findings = findingsIn(node.value) ?? [];
		} else if (isHtml(node) && node.value.trim() === '</details>') {
			if (open) open.isClosed = true;
			open = null;
		} else {
			(open?.nodes ?? body).push(node);
		}
	}
	return {details, body};
};

/** Null when it is another comment. */
const findingsIn = (html: string): string[] | null =>
	/^\s*<!--\s*for:([^>]*?)-->\s*$/
		.exec(html)?.[1]
		?.split(',')
		.map(word => word.trim())
		.filter(Boolean) ?? null;

const isHtml = (node: RootContent): node is Html => node.type === 'html';
