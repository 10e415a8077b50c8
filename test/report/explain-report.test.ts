import test from 'ava';
import {parse} from 'parse5';
import {countFiles, groupParallelStages, listReads} from '../../source/explain/outline.js';
import {documentHtml} from '../../source/report/document-html.js';
import {documentMarkdown} from '../../source/report/document-markdown.js';
import {createExplainReport, type ExplainedAll} from '../../source/report/explain-report.js';
import {sampleMeasured} from '../explain/sample-measured.js';
import {readPaths} from '../explain/suggest.js';

const at = new Date('2026-11-24T01:02:03Z');

const explained = (dockerfile: string): ExplainedAll => {
	const {graph, stages, entries, tree} = readPaths(
		'FROM a AS build\nCOPY . .\nFROM b\nCOPY --from=build /x /',
		['x'],
	);
	return {
		explanation: {
			...{dockerfile, context: '/p', ignoreFile: null, graph, sawImages: null, cache: null},
			ignored: {folders: 0, folderPaths: [], files: 0, bytes: 0},
			together: groupParallelStages(graph),
			whole: countFiles(entries),
			reads: listReads(stages, tree),
		},
		checks: [{rule: 'StageNameCasing', detail: 'write `as` small', url: '', line: 1}],
		measured: sampleMeasured,
	};
};

test('a Markdown page has all of it', t => {
	const page = documentMarkdown(createExplainReport(explained('/p/Dockerfile'), at));
	t.deepEqual(
		page.split('\n').filter(line => line.startsWith('#')),
		[
			'# /p/Dockerfile, target final',
			'## Measured builds',
			'### The build without the cache',
			'## The image consists of',
			'## Suggestions, each proven by builds of a copy',
			'## Stages',
			'## Build context',
			'## Cache',
			'## Build checks of BuildKit',
		],
	);
	t.true(page.includes('| build | 3 | `COPY . .` | 0.1 s | 5 MB |'));
	t.true(page.includes('| `COPY --from=build /app/dist /app` | build | 1.8 MB | 47 % |'));
	t.true(page.includes('| after a change of src/app.js | 12.5 s | 2.5 s | −80 % |'));
	t.true(page.includes('```dockerfile\nFROM alpine:3.13\nCOPY a b\n```'));
	t.true(page.includes('- line 1, StageNameCasing: write `as` small'));
});

const hostile = '\u001B]0;title\u0007</code><script>alert(1)</script> \u202E`#`';

test('hostile text is text in both pages', t => {
	const all = explained(hostile);
	const report = createExplainReport(
		{...all, checks: [{rule: hostile, detail: hostile, url: '', line: null}]},
		at,
	);
	const html = documentHtml(report);
	const problems: string[] = [];
	parse(html, {onParseError: ({code}) => problems.push(code)});
	t.deepEqual(problems, []);
	t.notRegex(html, /<script/);
	for (const page of [html, documentMarkdown(report)])
		t.notRegex(page, /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
	t.notRegex(documentMarkdown(report).replaceAll(/(`+)[^`][\s\S]*?[^`]\1(?!`)/g, ''), /(?<!\\)<[a-z/]/);
});

test('without a measured build, the page has what was read', t => {
	const page = documentMarkdown(
		createExplainReport({...explained('/p/Dockerfile'), checks: null, measured: null}, at),
	);
	t.deepEqual(
		page.split('\n').filter(line => line.startsWith('#')),
		['# /p/Dockerfile, target final', '## Stages', '## Build context', '## Cache'],
	);
});
