import test from 'ava';
import {toString as textOf} from 'mdast-util-to-string';
import {parseMarkdown, selectBody, type TextConditions} from '../../source/workshop/markdown.js';

const text = (condition: string) =>
	`Always.\n\n<!-- when ${condition} -->\n\nHolds.\n\n<!-- otherwise -->\n\nNot.\n\n<!-- end -->\n\nAfter.`;

const reads = test.macro({
	exec(t, condition: string, renderContext: Partial<TextConditions>, expected: string) {
		const body = selectBody(parseMarkdown(text(condition)), {
			store: null,
			cli: null,
			shell: 'sh',
			...renderContext,
		});
		t.is(textOf(body), expected);
	},
	title: (_, condition, renderContext) => `${condition} with ${JSON.stringify(renderContext)}`,
});

test(reads, 'store: containerd', {store: 'containerd'}, 'Always.Holds.After.');
test(reads, 'store: containerd', {store: 'graphdriver'}, 'Always.Not.After.');
test(reads, 'store: containerd', {}, 'Always.Holds.Not.After.');
test(reads, 'cli-from: 23', {cli: 28}, 'Always.Holds.After.');
test(reads, 'cli-from: 23', {cli: 20}, 'Always.Not.After.');
test(reads, 'cli-before: 23', {cli: 20}, 'Always.Holds.After.');
test(reads, 'cli-before: 23', {cli: 26}, 'Always.Not.After.');
test(reads, 'shell: cmd', {shell: 'cmd'}, 'Always.Holds.After.');
test(reads, 'shell: cmd', {}, 'Always.Not.After.');
