import type {Code, Html, Nodes, Root, RootContent} from 'mdast';
import {fromMarkdown} from 'mdast-util-from-markdown';
import {gfmFromMarkdown} from 'mdast-util-gfm';
import {gfm} from 'micromark-extension-gfm';
import type {Dialect} from './model.js';
import type {Position} from './problems.js';

/** Parses GitHub Flavored Markdown (tables, strikethrough, bare links). Every node has its position. */
export const parseMarkdown = (text: string): Root =>
	fromMarkdown(text, {extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()]});

/** Creates a tree from nodes of another. */
export const createRoot = (children: RootContent[]): Root => ({type: 'root', children});

/** The position of a node in its file; the beginning of the file if unknown. */
export const nodePosition = (node: Nodes | undefined): Position => ({
	line: node?.position?.start.line ?? 1,
	column: node?.position?.start.column ?? 1,
});

/** Finds a block of code or a comment that is not closed, and so contains all that follows; null if there is none. */
export const findOpenBlock = (nodes: Nodes[], text: string): Code | Html | null => {
	const lines = text.split(/\r?\n/);
	const isOpen = (node: Nodes): node is Code | Html =>
		(node.type === 'html' && /<!--(?!.*-->)/s.test(node.value)) ||
		(node.type === 'code' && !isClosed(node, lines));
	for (const node of nodes) {
		if (isOpen(node)) return node;
		const inner = 'children' in node ? findOpenBlock(node.children, text) : null;
		if (inner) return inner;
	}
	return null;
};

/**
 * Whether a block of code ends with its own fence, or is indented instead of fenced. If it contains a line that begins
 * the next block, its fence is missing.
 */
const isClosed = ({position, value}: Code, lines: string[]): boolean => {
	const [first = 1, last = 1] = [position?.start.line, position?.end.line];
	const opening = (lines[first - 1] ?? '').slice((position?.start.column ?? 1) - 1);
	const fence = /^\s*(`{3,}|~{3,})/.exec(opening)?.[1];
	if (fence === undefined) return true;
	if (value.split('\n').some(line => line.trimStart().startsWith(fence))) return false;
	return first !== last && (lines[last - 1] ?? '').replace(/^[\s>]*/, '').startsWith(fence);
};

/** A `<details><summary>Hint</summary> … </details>` block in a step's text. */
export type Details = {
	summary: string;
	/** The findings in `<!-- for: finding, … -->` below the summary, for which it is meant; empty: for all. */
	findings: string[];
	nodes: RootContent[];
	place: Position;
	isClosed: boolean;
};

/** What a `<details>` block is, by its summary. `afterwards`: for those who have passed the step. */
export const kindOfDetails = (summary: string): 'hint' | 'solution' | 'afterwards' => {
	if (summary === 'Solution') return 'solution';
	return summary === 'Afterwards' ? 'afterwards' : 'hint';
};

/** Separates the `<details>` blocks from the rest of the text. */
export const extractDetails = (nodes: RootContent[]): {details: Details[]; body: RootContent[]} => {
	const details: Details[] = [];
	const body: RootContent[] = [];
	let open: Details | null = null;
	for (const node of nodes) {
		const [, summary, rest = ''] =
			(isHtml(node) && /^<details>\s*<summary>(.*?)<\/summary>([\s\S]*)$/.exec(node.value)) || [];
		if (summary !== undefined) {
			const findings = parseFindings(rest) ?? [];
			open = {summary: summary.trim(), findings, nodes: [], place: nodePosition(node), isClosed: false};
			details.push(open);
		} else if (open && open.nodes.length === 0 && isHtml(node) && parseFindings(node.value)) {
			open.findings = parseFindings(node.value) ?? [];
		} else if (isHtml(node) && node.value.trim() === '</details>') {
			if (open) open.isClosed = true;
			open = null;
		} else {
			(open?.nodes ?? body).push(node);
		}
	}
	return {details, body};
};

/** Null for any other comment. */
const parseFindings = (html: string): string[] | null =>
	/^\s*<!--\s*for:([^>]*?)-->\s*$/
		.exec(html)?.[1]
		?.split(',')
		.map(word => word.trim())
		.filter(Boolean) ?? null;

const isHtml = (node: RootContent): node is Html => node.type === 'html';

/** A comment that begins, alternates or ends text for some engines only. */
export type WhenMark = {mark: 'when'; condition: string} | {mark: 'otherwise'} | {mark: 'end'};

/** Parses such a comment; null for any other. */
export const parseWhenMark = (html: string): WhenMark | null => {
	const [, word, condition = ''] = /^<!-- (when (.+)|otherwise|end) -->$/.exec(html.trim()) ?? [];
	if (word === undefined) return null;
	if (word === 'otherwise' || word === 'end') return {mark: word};
	return {mark: 'when', condition: condition.trim()};
};

/** The conditions that text may depend on; null if unknown. */
export type TextConditions = {
	store: 'graphdriver' | 'containerd' | null;
	/** The major version of the docker CLI. */
	cli: number | null;
	shell: Dialect;
};

/**
 * Removes text that does not apply to this engine, between `<!-- when store: containerd -->`, `<!-- otherwise -->` and
 * `<!-- end -->`. If a condition is unknown, both versions stay, as on any Markdown page.
 */
export const selectBody = (body: Root, conditions: TextConditions): Root => {
	const kept: RootContent[] = [];
	let shown = true;
	let holds: boolean | null = null;
	for (const node of body.children) {
		const mark = node.type === 'html' ? parseWhenMark(node.value) : null;
		if (!mark) {
			if (shown && node.type !== 'html') kept.push(node);
		} else if (mark.mark === 'when') {
			holds = doesHold(mark.condition, conditions);
			shown = holds ?? true;
		} else {
			shown = mark.mark === 'end' || holds === null || !holds;
		}
	}
	return createRoot(kept);
};

/**
 * Whether a condition holds; null if unknown. Conditions: `store: …`, `cli-from: 23`, `cli-before: 23`, `shell: cmd`.
 */
const doesHold = (condition: string, {store, cli, shell}: TextConditions): boolean | null => {
	const [key, value] = condition.split(':').map(part => part.trim());
	switch (key) {
		case 'store':
			return store === null ? null : store === value;
		case 'shell':
			return shell === value;
		case 'cli-from':
			return cli === null ? null : cli >= Number(value);
		case 'cli-before':
			return cli === null ? null : cli < Number(value);
		default:
			return null;
	}
};
