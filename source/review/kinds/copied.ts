import {messages} from '../../messages/index.js';
import {parseDockerfile} from '../../stages/dockerfile/parse-dockerfile.js';
import {baseImage, listPaths} from '../build-model.js';
import {drawPlace, drawProject, drawStageNames, drawVersion} from '../names.js';
import {buildWords, createChoiceItem, type ItemDrawer, reviewImage, showCommand, showFile} from './kind.js';

/** Which of these files does the image hold after `COPY --from`? */
export const drawCopied =
	(kind: string): ItemDrawer =>
	random => {
		const {name, source, product} = drawProject(random);
		const {base, build, final} = drawStageNames(random);
		const place = drawPlace(random);
		const from = random.pick([base, baseImage, 'scratch']);
		const {copied, original, nested} = random.pick([
			{
				copied: `/${product} ${place}/${product}`,
				original: `/${product}`,
				nested: `${place}/${product}/${product}`,
			},
			{copied: `/${product} ${place}/`, original: `/${product}`, nested: `${place}/${product}/${product}`},
			{copied: `/src/ ${place}/`, original: `/src/${source}`, nested: `${place}/src/${source}`},
			{copied: `/src ${place}`, original: `/src/${source}`, nested: `${place}/src/${source}`},
		]);
		const text = [
			...[`FROM ${baseImage} AS ${base}`, `RUN echo '${drawVersion(random)}' > /${base}.txt`, ''],
			...[`FROM ${base} AS ${build}`, 'COPY src/ /src/', `RUN cat /src/${source} > /${product}`, ''],
			...[`FROM ${from} AS ${final}`, `COPY --from=${build} ${copied}`, ''],
		].join('\n');
		const files = {Dockerfile: text, [`src/${source}`]: `${name} ${drawVersion(random)}\n`};
		const context = {[`src/${source}`]: ''};
		const held = (target: string) => {
			const graph = parseDockerfile(text, {target});
			return [...listPaths(graph, graph.reachable, context)];
		};
		const [right, ofBuild, ofBase] = [held(final), held(build), held(base)];
		const image = reviewImage(name);
		const write = (paths: string[]) =>
			[...new Set(paths)].sort().join(', ') || messages.review.copied.nothing;
		const added = right.filter(path => !ofBase.includes(path));
		const say = messages.review.copied;
		const option = (finding: keyof typeof say.wrong, paths: string[]) => ({
			answer: write(paths),
			finding,
			says: say.wrong[finding](from),
		});
		const argv = buildWords(image, null);
		return createChoiceItem(
			{
				kind,
				question: say.question(from === 'scratch' ? null : baseImage),
				shown: [showFile('Dockerfile', text), showCommand(argv)],
				trial: {
					builder: 'buildkit',
					files,
					commands: [{argv}],
					look: {image, paths: [...new Set([...right, ...ofBuild, nested])]},
				},
				// Without an image, no answer is right.
				read: ({paths}) => (paths === null ? '' : write(paths)),
				right: {says: () => say.right(build, from)},
				options: random.shuffle([
					option('both-places', [...right, original]),
					option('all-of-build', [...right, ...ofBuild]),
					from === base ? option('no-base', added) : option('base-too', [...right, ...ofBase]),
					option('nothing-copied', from === base ? ofBase : []),
					option('other-place', [...right.filter(path => !added.includes(path)), nested]),
				]),
			},
			random,
		);
	};
