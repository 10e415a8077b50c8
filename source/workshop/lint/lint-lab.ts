import parseArgsStringToArgv from 'string-argv';
import {parseDockerCommand} from '../../docker/command.js';
import {readEffects} from '../../docker/effects.js';
import {messages} from '../../messages/index.js';
import {splitWords} from '../../stages/dockerfile/instruction-words.js';
import {lintDockerfile} from '../../stages/dockerfile/lint-dockerfile.js';
import type {PlannedInstruction} from '../../stages/model.js';
import type {Step} from '../model.js';
import type {Position} from '../problems.js';
import {isDockerfile, isLabFile} from './lint-files.js';
import {isOutside, type LintSubject} from './subject.js';

/** Checks what the files of the lab folder do to a build, and whether the workshop uses all that it declares. */
export const lintLab = (subject: LintSubject): void => {
	const meantToWork = subject.steps.map(({step}) => step).filter(step => !isMeantToFail(step));
	const commands = meantToWork.flatMap(({command, judge}) => [command ?? '', ...judge.map(({run}) => run)]);
	// Several commands may build the same.
	const builds = new Map(
		commands.flatMap(command => readBuild(command, subject)).map(build => [build.join(' '), build]),
	);
	for (const [dockerfile, context] of builds.values()) lintSources(dockerfile, context, subject);
	lintTextFiles(subject);
	lintUse(subject);
};

const isMeantToFail = ({checks}: Step): boolean =>
	checks.some(check => check.check === 'exit' && check.is !== 0);

/** The Dockerfile and the build context of a build; empty for any other command. */
const readBuild = (command: string, {planBuild}: LintSubject): Array<[string, string]> => {
	const dockerfile = planBuild(command)?.dockerfile;
	const context = parseDockerCommand(parseArgsStringToArgv(command))?.operands.at(-1);
	return dockerfile === undefined || context === undefined ? [] : [[dockerfile, tidyPath(context)]];
};

/** Reports what a Dockerfile copies, but its build context lacks. */
const lintSources = (dockerfile: string, context: string, subject: LintSubject): void => {
	const {entries, steps, report} = subject;
	const text = entries.get(dockerfile)?.text ?? null;
	if (text === null || isOutside(`${context}/`, subject) || !entries.has(context)) return;
	// A command may write the file, and a solution or a broken start may bring it.
	if (steps.some(({step}) => writesFiles(step))) return;
	const paths = [...entries.keys()];
	for (const {line, source} of listSources(text)) {
		const file = tidyPath(`${context}/${source}`);
		if (paths.some(path => path === file || path.endsWith(`/${file}`))) continue;
		report(dockerfile, messages.workshop.lab.missingSource(source, context), {line, column: 1});
	}
};

const writesFiles = ({command}: Step): boolean => {
	const docker = command === null ? null : parseDockerCommand(parseArgsStringToArgv(command));
	return docker !== null && readEffects(docker).files.length > 0;
};

const tidyPath = (path: string): string =>
	path
		.split('/')
		.filter(part => part !== '' && part !== '.')
		.join('/');

/** The files and folders that a Dockerfile copies from its build context, where each can be known from its name. */
const listSources = (text: string): Array<{line: number; source: string}> =>
	(lintDockerfile(text).graph?.stages ?? [])
		.flatMap(({instructions}) => instructions)
		.filter(({keyword, text: written}) => /^(?:COPY|ADD)$/.test(keyword) && !/--from=|<</.test(written))
		.flatMap(instruction =>
			readSources(instruction)
				.filter(source => !/[$*?[\\]|\.\.|^\w+:\/\/|^git@/.test(source))
				.map(source => ({line: instruction.line, source})),
		);

const readSources = ({text}: PlannedInstruction): string[] => {
	const words = splitWords(text).slice(1);
	const given = words.filter(word => !word.startsWith('--'));
	const isList = given[0]?.startsWith('[');
	const names = isList ? [...text.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name) : given;
	return names.slice(0, -1).map(name => name.replaceAll(/["']/g, ''));
};

/** Warns of what text editors add, and of what needs the internet. */
const lintTextFiles = ({entries, contexts, warn}: LintSubject): void => {
	const say = messages.workshop.lab;
	for (const entry of entries.values()) {
		const {path, text} = entry;
		if (text === null) continue;
		if (text.startsWith('\uFEFF')) warn(path, say.byteOrderMark);
		if (/^\uFEFF?#![^\n]*\r\n/.test(text)) warn(path, say.windowsScript);
		const syntax = isDockerfile(entry) && isLabFile(path, contexts ?? []) ? findSyntaxLine(text) : null;
		if (syntax) warn(path, say.syntaxLine, syntax);
	}
};

/** The position of a `# syntax=` line, which counts only before everything but other such lines. */
const findSyntaxLine = (text: string): Position | null => {
	for (const [index, line] of text.split('\n').entries()) {
		if (/^\uFEFF?#\s*syntax\s*=/i.test(line)) return {line: index + 1, column: 1};
		if (!/^\uFEFF?#\s*\w+\s*=/.test(line)) break;
	}
	return null;
};

/** Warns of images and contexts that nothing in the workshop mentions. */
const lintUse = ({entries, draft, warn}: LintSubject): void => {
	if (!draft.cover || draft.broken.size > 0) return;
	const {value, locate} = draft.cover;
	const texts = [...entries.values()].flatMap(({path, text}) =>
		text === null || path === 'workshop.md' || path.startsWith('recordings/') ? [] : [text],
	);
	const pages = [...entries.values()].flatMap(({path, text}) =>
		text !== null && /^[^/]+\.md$|run\.yaml$/.test(path) && path !== 'workshop.md' ? [text] : [],
	);
	const answers = [...entries.keys()].filter(path => /^(?:solutions|attempts|broken)\//.test(path));
	for (const [index, image] of value.images.entries()) {
		const name = image.replace(/:latest$/, '');
		if (!texts.some(text => text.includes(name)))
			warn('workshop.md', messages.workshop.context.unusedImage(image), locate('images', index));
	}
	for (const [index, context] of value.contexts.entries()) {
		if (![...pages, ...answers].some(text => text.includes(context)))
			warn('workshop.md', messages.workshop.context.unusedContext(context), locate('contexts', index));
	}
};
