import {messages} from '../../messages/index.js';
import {listBaseChain} from '../project.js';
import {replaceLines, rewriteFrom} from './edit-dockerfile.js';
import type {Rule} from './suggestion.js';

/** Images of Docker Hub that have a smaller form: the endings of their tags, the smallest first. */
const smallerTags: ReadonlyArray<{image: RegExp; endings: string[]}> = [
	{image: /^(?:node|python|ruby|php|rust|golang)$/, endings: ['-alpine', '-slim']},
	{image: /^(?:debian)$/, endings: ['-slim']},
	{image: /^(?:nginx|httpd|redis|postgres|mysql|memcached)$/, endings: ['-alpine']},
];

/** The image starts from a base with more in it than it uses. */
export const smallerBase: Rule = {
	name: 'smaller-base',
	suggest(project) {
		const [first] = listBaseChain(project.stages, project.graph.target);
		const stage = project.graph.stages.find(({name}) => name === first?.name);
		if (!stage?.image) return [];
		return smallerNames(stage.image).flatMap(image => {
			const from = rewriteFrom(project.dockerfile, stage, {image});
			if (from === null) return [];
			const {says, because} = messages.explain.suggestions.base;
			return [
				{
					dockerfile: replaceLines(project.dockerfile, stage.line, stage.line, [from]),
					ignore: project.ignore,
					line: stage.line,
					says: says(image, stage.image ?? ''),
					because,
				},
			];
		});
	},
};

/** `node:18` → `node:18-alpine`, `node:18-slim`; `eclipse-temurin:21-jdk` → `eclipse-temurin:21-jre-alpine`. */
const smallerNames = (image: string): string[] => {
	const [, name = '', tag = 'latest'] = /^([^:@]+)(?::([^@]+))?$/.exec(image) ?? [];
	const short = name.replace(/^(?:docker\.io\/)?(?:library\/)?/, '');
	if (tag.includes('-jdk'))
		return [`${name}:${tag.replace('-jdk', '-jre-alpine')}`, `${name}:${tag.replace('-jdk', '-jre')}`];
	if (/alpine|slim|distroless/.test(tag)) return [];
	const endings = smallerTags.find(({image: pattern}) => pattern.test(short))?.endings ?? [];
	return endings.map(ending => (tag === 'latest' ? `${name}:${ending.slice(1)}` : `${name}:${tag}${ending}`));
};
