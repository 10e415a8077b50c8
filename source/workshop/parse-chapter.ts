import type {Code, Heading, Root, RootContent} from 'mdast';
import {toString as textOf} from 'mdast-util-to-string';
import type * as v from 'valibot';
import {messages} from '../messages/index.js';
import {
	createRoot,
	extractDetails,
	findOpenBlock,
	kindOfDetails,
	nodePosition,
	parseMarkdown,
} from './markdown.js';
import type {Chapter, FilePatch, Step} from './model.js';
import {type Locate, parseYaml} from './parse-yaml.js';
import {isPatchBlock, readPatches} from './patches.js';
import {type Report, reportExcess} from './problems.js';
import {extractQuestion} from './questions.js';
import {stepSchema} from './schema.js';
import {fillBlanks} from './steps.js';

/** The source of a step, to locate problems. */
export type StepSource = {
	/** Locates a key of the step's comment. */
	locate: Locate;
	/** The keys of the step's comment. */
	keys: v.InferOutput<typeof stepSchema>;
	/** Everything below the step's comment. */
	content: RootContent[];
};

/** The readable part of a chapter. */
export type ParsedChapter = {
	chapter: Chapter;
	sources: Map<Step, StepSource>;
	/** The ids of the steps left out because of problems. */
	broken: string[];
};

type Context = {id: string; file: string; report: Report};
type StepContext = Context & {
	/** Of the whole file. */
	text: string;
};
type ParsedStep = {step: Step; source: StepSource} | {broken: string[]};

/** Parses a chapter: one `# title`, then a `## title` for each step. Steps with problems are left out. */
export const parseChapter = (text: string, {id, file, report}: Context): ParsedChapter => {
	if (reportExcess(text, report))
		return {chapter: {id, title: id, file, steps: []}, sources: new Map(), broken: []};
	const {children} = parseMarkdown(text);
	const {noTitle, secondTitle, noStep} = messages.workshop.chapter;
	const titles = children.filter(node => isHeading(node, 1));
	if (titles.length === 0) report(noTitle);
	for (const extra of titles.slice(1)) report(secondTitle, nodePosition(extra));
	const starts = children.flatMap((node, index) => (isHeading(node, 2) ? [index] : []));
	if (starts.length === 0) report(noStep);
	const parsed = starts.flatMap((start, i) => {
		const [heading, ...rest] = children.slice(start, starts[i + 1]);
		return heading ? [parseStep(heading, rest, {id, file, report, text})] : [];
	});
	const steps = parsed.flatMap(one => ('step' in one ? [one.step] : []));
	// Text between the chapter's title and its first step belongs to that step.
	const introduction = children.slice(0, starts[0]).filter(node => !isHeading(node, 1));
	steps[0]?.body.children.unshift(...introduction);
	return {
		chapter: {id, title: titles[0] ? textOf(titles[0]) : id, file, steps},
		sources: new Map(parsed.flatMap(one => ('step' in one ? [[one.step, one.source] as const] : []))),
		broken: parsed.flatMap(one => ('step' in one ? [] : one.broken)),
	};
};

const parseStep = (
	heading: RootContent,
	nodes: RootContent[],
	{id: chapterId, file, report, text}: StepContext,
): ParsedStep => {
	const {line: headingLine} = nodePosition(heading);
	const {noTitle, noComment, openComment} = messages.workshop.step;
	if (textOf(heading) === '') report(noTitle, nodePosition(heading));
	const [comment, ...content] = nodes;
	const written =
		comment?.type === 'html' ? /^<!-- step\b([\s\S]*?)(-->)?$/.exec(comment.value.trimEnd()) : null;
	if (!written || written[2] === undefined) {
		if (written) report(openComment, nodePosition(comment));
		else report(noComment, nodePosition(heading));
		return {broken: findIds(written?.[1] ?? '')};
	}
	const yaml = written[1] ?? '';
	const {line: first, column} = nodePosition(comment);
	const origin = {line: first, column: column + '<!-- step'.length};
	const declared = parseYaml(yaml, stepSchema, report, origin);
	if (!declared) return {broken: findIds(yaml)};

	const open = findOpenBlock(content, text);
	if (open) {
		report(
			messages.workshop.step[open.type === 'code' ? 'openCode' : 'openOtherComment'],
			nodePosition(open),
		);
		return {broken: [declared.value.id, ...findIds(open.value)]};
	}

	const commands = content.filter(isCommandBlock);
	for (const extra of commands.slice(1)) report(messages.workshop.command.second, nodePosition(extra));
	const [command] = commands;
	const {details, body: prose} = extractDetails(content.filter(node => !isCommandBlock(node)));
	const {answer, wrong, otherwise, ...keys} = declared.value;
	const {question, body} = extractQuestion({kind: keys.kind, answer, wrong, otherwise}, prose);
	const hints = details.filter(({summary}) => kindOfDetails(summary) === 'hint');
	const nodesOf = (wanted: 'solution' | 'afterwards'): RootContent[] =>
		details.find(({summary}) => kindOfDetails(summary) === wanted)?.nodes ?? [];
	const line = command ? command.value.trim() : null;
	const isBlank = declared.value.kind === 'blank';
	const filled = line !== null && isBlank ? fillBlanks(line, declared.value.fills) : line;
	const shown = isBlank && filled !== null ? [createCommandBlock(filled)] : [];
	const step: Step = {
		...keys,
		chapterId,
		title: textOf(heading),
		body: createRoot(body),
		command: filled,
		blanked: isBlank ? line : null,
		patches: readStepPatches(body, report),
		question,
		hints: hints.filter(({findings}) => findings.length === 0).map(({nodes}) => createRoot(nodes)),
		fittingHints: hints
			.filter(({findings}) => findings.length > 0)
			.map(({findings, nodes}) => ({findings, content: createRoot(nodes)})),
		solution: rootOf([...shown, ...nodesOf('solution')]),
		afterwards: rootOf(nodesOf('afterwards')),
		file,
		line: headingLine,
	};
	return {step, source: {locate: declared.locate, keys: declared.value, content}};
};

/** Whether a node is the code block with a step's command. */
export const isCommandBlock = (node: RootContent): node is Code =>
	node.type === 'code' && node.lang === 'sh' && node.meta === 'run';

const rootOf = (nodes: RootContent[]): Root | null => (nodes.length > 0 ? createRoot(nodes) : null);

const readStepPatches = (body: RootContent[], report: Report): FilePatch[] =>
	body.filter(isPatchBlock).flatMap(node => {
		const patches = readPatches(node.value);
		if (!patches) report(messages.workshop.patch.noDiff, nodePosition(node));
		return patches ?? [];
	});

/** A command as a text shows it. */
const createCommandBlock = (value: string): Code => ({type: 'code', lang: 'sh', value});

/** Finds the ids of unreadable steps, so that references to them are not reported. */
const findIds = (text: string): string[] =>
	[...text.matchAll(/^\s*id:\s*["']?([a-z0-9-]+)/gm)].map(([, id = '']) => id);

const isHeading = (node: RootContent, depth: number): node is Heading =>
	node.type === 'heading' && node.depth === depth;
