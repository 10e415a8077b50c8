import test from 'ava';
import {fitLine, lineWidth} from '../../source/view/line.js';
import {checkLines, measuredLines} from '../../source/view/measured-lines.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {sampleMeasured} from '../explain/sample-measured.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');

const draw = (columns: number, measured = sampleMeasured): string[] =>
	measuredLines(measured, columns, symbols).map(line =>
		line
			.map(({text}) => text)
			.join('')
			.trimEnd(),
	);

test('times, sizes, parts and suggestions stand in one page', t => {
	t.deepEqual(draw(100), [
		'Measured builds',
		'  without the cache: 14.2 s',
		'  after a change of src/app.js: 12.5 s',
		'  after a change of package.json: 13.0 s',
		'  build, 12.3 s, adds 40 MB',
		'    COPY . .                                           0.1 s     5 MB  █',
		'    RUN --mount=type=cache,target=/root/.npm npm …    12.2 s    35 MB  ████████████████████████████',
		'  final, 0.2 s, adds 1.8 MB',
		'    COPY --from=build /app/dist /app                   0.2 s   1.8 MB  █',
		'',
		'The image consists of 3.8 MB',
		'  alpine:3.13                                                    2 MB  ████████████████████████████',
		'  COPY --from=build /app/dist /app (from build)                1.8 MB  █████████████████████████',
		'',
		'Suggestions, each proven by builds of a copy',
		'  1. line 3: Copy package.json before the other files, and install the npm packages in between.',
		'     Each change of a file that COPY . . brings installs all packages again, although they are the',
		'     same.',
		'     after a change of src/app.js  12.5 s → 2.5 s  −80 %',
		'  2. .dockerignore: Leave out **/.git in the .dockerignore.',
		'     No build needs it.',
		'     image  3.8 MB → 1.9 MB  −50 %',
		'  All of them together:',
		'     image                         3.8 MB → 1.9 MB  −50 %',
		'     after a change of src/app.js  12.5 s → 2.5 s  −80 %',
		'  3 other changes were tried, and gained nothing or broke the build.',
	]);
});

for (const columns of [60, 80, 120])
	test(`all of it fits into ${columns} columns, and bars stand on one line`, t => {
		const lines = measuredLines(sampleMeasured, columns, symbols);
		const bars = lines.filter(line => line.some(({text}) => text.includes(symbols.bar)));
		t.deepEqual(
			bars.map(lineWidth).filter(width => width > columns),
			[],
		);
		const fitted = lines.flatMap(line => fitLine(line, columns));
		t.deepEqual(
			fitted.map(lineWidth).filter(width => width > columns),
			[],
		);
	});

test('without a suggestion, it says how many were tried', t => {
	const proof = {...sampleMeasured.proof, proven: [], rejected: 1};
	t.is(
		draw(100, {...sampleMeasured, proof}).at(-1),
		'  None: 1 change was tried, and gained nothing or broke the build.',
	);
});

test('the checks of BuildKit stand below their lines', t => {
	const drawn = checkLines(
		[{rule: 'JSONArgsRecommended', detail: 'JSON arguments recommended for CMD', url: '', line: 4}],
		80,
		symbols,
	);
	t.deepEqual(
		drawn.map(line => line.map(({text}) => text).join('')),
		['Build checks of BuildKit', '  line 4, JSONArgsRecommended', '    JSON arguments recommended for CMD'],
	);
});
