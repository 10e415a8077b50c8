import type {Html, RootContent} from 'mdast';
import type {Place} from './problems.js';
import {startOf} from './start-of.js';

/** One `<details><summary>Hint</summary> … </details>` of a step's text. */
export type Details = {summary: string; nodes: RootContent[]; place: Place; isClosed: boolean};

/** Takes the `<details>` blocks out of the text. */
export const takeDetails = (nodes: RootContent[]): {details: Details[]; body: RootContent[]} => {
	const details: Details[] = [];
	const body: RootContent[] = [];
	let open: Details | null = null;
	for (const node of nodes) {
		const summary = isHtml(node) ? /^<details>\s*<summary>(.*?)<\/summary>/.exec(node.value)?.[1] : undefined;
		if (summary !== undefined) {
			open = {summary: summary.trim(), nodes: [], place: startOf(node), isClosed: false};
			details.push(open);
		} else if (isHtml(node) && node.value.trim() === '</details>') {
			if (open) open.isClosed = true;
			open = null;
		} else {
			(open?.nodes ?? body).push(node);
		}
	}
	return {details, body};
};

const isHtml = (node: RootContent): node is Html => node.type === 'html';
