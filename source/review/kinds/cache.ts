import {messages} from '../../messages/index.js';
import {baseImage} from '../build-model.js';
import {drawProject, drawVersion} from '../names.js';
import type {Random} from '../random.js';
import {buildWords, createChoiceItem, type ItemDrawer, reviewImage, showFile} from './kind.js';

/** The answer if everything comes from the cache. */
const nothing = 'none';

/** Which instruction is the first that runs again after this change? */
export const drawCache =
	(kind: string): ItemDrawer =>
	random => {
		const {files, name} = writeProject(random);
		const {Dockerfile: text = ''} = files;
		const lines = text.split('\n');
		const {change, changes} = drawChange(random, files);
		const argv = buildWords(reviewImage(name), null);
		const say = messages.review.cache;
		const numbers = lines.flatMap((line, index) => (/^(?:COPY|RUN) /.test(line) ? [index + 1] : []));
		const label = (answer: string) =>
			answer === nothing ? say.nothing : say.line(Number(answer), lines[Number(answer) - 1] ?? '');
		const read = ({firstRun}: {firstRun: number | null}) => String(firstRun ?? nothing);
		const changed = Object.keys(changes)[0] ?? '';
		const copies = numbers.find(one => lines[one - 1]?.includes(`COPY ${changed.split('/')[0]}`));
		const option = (finding: keyof typeof say.wrong, line: number | undefined) => ({
			answer: line === undefined ? nothing : String(line),
			finding,
			says: say.wrong[finding](changed),
		});
		return createChoiceItem(
			{
				kind,
				question: say.question(change),
				shown: [showFile('Dockerfile', text)],
				trial: {builder: 'buildkit', files, commands: [{argv}, {argv, changes}], look: null},
				read,
				right: {label, says: () => say.right},
				options: [
					option('nothing', undefined),
					...random.shuffle([
						option('from-the-beginning', numbers[0]),
						option('last', numbers.at(-1)),
						...(copies === undefined ? [] : [option('own-copy', copies)]),
						...numbers.map(one => option(lines[one - 1]?.startsWith('RUN') ? 'command' : 'other-copy', one)),
					]),
				],
			},
			random,
		);
	};

/** A project whose Dockerfile has its instructions in one of several orders, good and bad. */
const writeProject = (random: Random): {files: Record<string, string>; name: string} => {
	const {name, manifest, source, product} = drawProject(random);
	const asset = random.pick(['logo.svg', 'style.css', 'icon.png']);
	const tools = [`RUN echo 'tools ${drawVersion(random)}' > /tools.txt`];
	const dependencies = [`COPY ${manifest} /app/`, `RUN cat /app/${manifest} > /app/packages.txt`];
	const sources = ['COPY src/ /app/src/', `RUN cat /app/src/${source} > /app/${product}`];
	const assets = ['COPY public/ /app/public/'];
	const everything = ['COPY . /app/', `RUN cat /app/${manifest} > /app/packages.txt`, sources[1] ?? ''];
	const blocks = random.pick([
		[tools, dependencies, sources, assets],
		[tools, dependencies, assets, sources],
		[dependencies, tools, sources, assets],
		[assets, tools, dependencies, sources],
		[sources, dependencies, tools],
		[tools, everything],
	]);
	const text = [`FROM ${baseImage} AS build`, ...blocks.flat(), ''].join('\n');
	const files = {
		Dockerfile: text,
		[manifest]: `${name} ${drawVersion(random)}\n`,
		[`src/${source}`]: `${name} ${drawVersion(random)}\n`,
		[`public/${asset}`]: `${asset} ${drawVersion(random)}\n`,
		'readme.md': `${name} ${drawVersion(random)}\n`,
	};
	return {files, name};
};

/** One file that is edited, or one `RUN` of the Dockerfile. */
const drawChange = (
	random: Random,
	files: Record<string, string>,
): {change: string; changes: Record<string, string>} => {
	const say = messages.review.cache;
	const [dockerfile = '', ...others] = Object.keys(files);
	const lines = files[dockerfile]?.split('\n') ?? [];
	const edited = random.below(lines.length);
	if (random.below(3) === 0 && /^RUN echo/.test(lines[edited] ?? '')) {
		const text = lines.with(edited, lines[edited]?.replace(/'.*'/, `'tools ${drawVersion(random)}'`) ?? '');
		return {change: say.editedLine(edited + 1), changes: {[dockerfile]: text.join('\n')}};
	}
	const [file = ''] = random.shuffle(others);
	return {change: say.edited(file), changes: {[file]: `${files[file]}${drawVersion(random)}\n`}};
};
