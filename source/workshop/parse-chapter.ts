import type {Heading, Html, RootContent} from 'mdast';
import {toString as textOf} from 'mdast-util-to-string';
import type {Chapter, Step} from './model.js';
import {parseMarkdown, rootOf} from './parse-markdown.js';
import {parseYaml} from './parse-yaml.js';
import type {Report} from './problems.js';
import {stepSchema} from './schemas.js';

type Place = {id: string; file: string; report: Report};

/** Reads one chapter: `# title` once, each `## title` opens a step. Steps with problems are left out. */
export const parseChapter = (text: string, {id, file, report}: Place): Chapter => {
	const {children} = parseMarkdown(text);
	const titles = children.filter(node => isHeading(node, 1));
	if (titles.length !== 1) report('a chapter has one `# title`', lineOf(titles[1]));
	const starts = children.flatMap((node, index) => (isHeading(node, 2) ? [index] : []));
	if (starts.length === 0) report('a chapter has at least one step: a `## title`');
	const steps = starts.flatMap((start, i) => {
		const [heading, ...rest] = children.slice(start, starts[i + 1]);
		return heading ? (parseStep(heading, rest, {id, file, report}) ?? []) : [];
	});
	// What stands between the chapter's title and its first step is read with that step.
	const introduction = children.slice(0, starts[0]).filter(node => !isHeading(node, 1));
	steps[0]?.body.children.unshift(...introduction);
	return {id, title: titles[0] ? textOf(titles[0]) : id, file, steps};
};

const parseStep = (
	heading: RootContent,
	nodes: RootContent[],
	{id: chapterId, file, report}: Place,
): Step | null => {
	const line = lineOf(heading);
	const [comment, ...content] = nodes;
	const yaml = comment?.type === 'html' ? /^<!-- step\b([\s\S]*)-->$/.exec(comment.value)?.[1] : undefined;
	if (yaml === undefined) {
		report('a `<!-- step … -->` comment must stand right below the title of a step', line);
		return null;
	}
	const declared = parseYaml(yaml, stepSchema, report, lineOf(comment) - 1);
	if (!declared) return null;

	const commands = content.filter(node => node.type === 'code' && node.lang === 'sh' && node.meta === 'run');
	for (const extra of commands.slice(1)) report('a step has at most one command', lineOf(extra));
	const [command] = commands;
	const {details, body} = takeDetails(content.filter(node => !commands.includes(node)));
	return {
		...declared,
		chapterId,
		title: textOf(heading),
		body: rootOf(body),
		command: command?.type === 'code' ? command.value.trim() : null,
		hints: details.filter(({summary}) => summary !== 'Solution').map(({nodes}) => rootOf(nodes)),
		solution:
			details.filter(({summary}) => summary === 'Solution').map(({nodes}) => rootOf(nodes))[0] ?? null,
		file,
		line,
	};
};

/** Takes `<details><summary>Hint</summary> … </details>` blocks out of the text. */
const takeDetails = (
	nodes: RootContent[],
): {details: Array<{summary: string; nodes: RootContent[]}>; body: RootContent[]} => {
	const details: Array<{summary: string; nodes: RootContent[]}> = [];
	const body: RootContent[] = [];
	let open: {summary: string; nodes: RootContent[]} | null = null;
	for (const node of nodes) {
		const summary = isHtml(node) ? /^<details>\s*<summary>(.*?)<\/summary>/.exec(node.value)?.[1] : undefined;
		if (summary !== undefined) {
			open = {summary: summary.trim(), nodes: []};
			details.push(open);
		} else if (isHtml(node) && node.value.trim() === '</details>') {
			open = null;
		} else {
			(open?.nodes ?? body).push(node);
		}
	}
	return {details, body};
};

const isHtml = (node: RootContent): node is Html => node.type === 'html';
const isHeading = (node: RootContent, depth: number): node is Heading =>
	node.type === 'heading' && node.depth === depth;
const lineOf = (node: RootContent | undefined): number => node?.position?.start.line ?? 1;
