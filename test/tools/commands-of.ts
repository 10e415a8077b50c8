import {readFileSync} from 'node:fs';
import type {Nodes} from 'mdast';
import {parseMarkdown} from '../../source/workshop/markdown.js';

/** The matching commands in a Markdown page's code, without duplicates and `#` comments. */
export const commandsOf = (page: string, wanted: RegExp): string[] => {
	const found = new Set<string>();
	const look = (node: Nodes): void => {
		if (node.type === 'code' || node.type === 'inlineCode') {
			for (const line of node.value.split('\n')) {
				const command = line.replace(/\s+#.*$/, '').trim();
				if (wanted.test(command)) found.add(command);
			}
		}
		if ('children' in node) for (const child of node.children) look(child);
	};
	look(parseMarkdown(readFileSync(page, 'utf8')));
	return [...found];
};
