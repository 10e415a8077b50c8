import type {Root, RootContent} from 'mdast';
import type {Dialect} from './model.js';
import {rootOf} from './parse-markdown.js';
import {parseWhenMark} from './when-mark.js';

/** What a text may depend on; what is not known yet is null. */
export type Surroundings = {
	store: 'graphdriver' | 'containerd' | null;
	/** Major version of the docker CLI. */
	cli: number | null;
	shell: Dialect;
};

/**
 * Leaves out what does not hold on this engine: text between `<!-- when store: containerd -->`,
 * `<!-- otherwise -->` and `<!-- end -->`. Where nothing is known both versions stay, as on any Markdown page.
 */
export const selectBody = (body: Root, surroundings: Surroundings): Root => {
	const kept: RootContent[] = [];
	let shown = true;
	let holds: boolean | null = null;
	for (const node of body.children) {
		const mark = node.type === 'html' ? parseWhenMark(node.value) : null;
		if (!mark) {
			if (shown && node.type !== 'html') kept.push(node);
		} else if (mark.mark === 'when') {
			holds = doesHold(mark.condition, surroundings);
			shown = holds ?? true;
		} else {
			shown = mark.mark === 'end' || holds === null || !holds;
		}
	}
	return rootOf(kept);
};

/** Null when it can't be told. Conditions: `store: …`, `cli-from: 23`, `cli-before: 23`, `shell: cmd`. */
const doesHold = (condition: string, {store, cli, shell}: Surroundings): boolean | null => {
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
