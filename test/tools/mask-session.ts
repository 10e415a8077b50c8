/** The parts of a session's text that differ between runs, and their replacements. */
const masks: Array<[RegExp, string]> = [
	[/^stage \S+: running.*\n/gm, ''],
	[/(?:\/[\w.-]+)*\/workshop-test-\w+(?:\/[\w.-]+)*/g, '<folder>'],
	// Whether an image is pulled depends on the engine's registry.
	[
		/(?<=^\$ docker pull .*\n(?:(?!\$ ).*\n)*?> .*\n)(?: {4}.*\n)+(?=The command ended)/gm,
		'    <what docker prints>\n',
	],
	[/\bsha256:[0-9a-f]{64}\b/g, '<digest>'],
	[/\b[0-9a-f]{64}\b/g, '<id>'],
	[/\b(?=[0-9a-f]*[0-9])[0-9a-f]{12}\b/g, '<id>'],
	[/\banswered as [0-9a-f]{4}…/g, 'answered as <id>'],
	[/\b\d+(?:\.\d+)? min \d+ s\b|\b\d+(?:\.\d+)?\s+s\b/g, '<seconds>'],
	// As Go's tests print it.
	[/\b\d+\.\d+s\b/g, '<seconds>'],
	[/\b\d+(?:\.\d+)? times as (?:fast|long)\b/g, '<factor>'],
	[/second \d+\.\d/g, 'second <n>'],
	[/\bengine \d+\.\d+\.\d+, \d{4}-\d\d-\d\d/g, 'engine <version>, <date>'],
	[/^Engine: .*$/gm, 'Engine: <version> at <endpoint>.'],
	[/\bcontainer [a-z]+_[a-z]+\b/g, 'container <name>'],
	[/curl\/[\d.]+/g, 'curl/<version>'],
	[/\b(\d+\.){3}\d+(?=:\d)/g, '<address>'],
	[/^( +IP: ).*$/gm, '$1<address>'],
	[/(localhost:|<address>:|\[::\]:|:::|host :|[Hh]ost port )\d+/g, '$1<port>'],
	[/(?:Less than a|About an?|\d+) (?:second|minute|hour|day|week|month|year)s? ago/g, '<ago>'],
];

const stageOfProgress = (line: string): string | null =>
	/^(?:stage )?([\w-]+)(?: │ |: (?:done|from the cache|skipped))/.exec(line)?.[1] ?? null;

/** Sorts each run of lines that have a key by it. */
const sortRuns = (lines: string[], keyOf: (line: string) => string | null): string[] => {
	const sorted: string[] = [];
	let run: Array<{line: string; key: string}> = [];
	const flush = () => {
		sorted.push(...run.toSorted((one, other) => one.key.localeCompare(other.key)).map(({line}) => line));
		run = [];
	};
	for (const line of lines) {
		const key = keyOf(line);
		if (key === null) {
			flush();
			sorted.push(line);
		} else {
			run.push({line, key});
		}
	}
	flush();
	return sorted;
};

/** Sentences of the program with changing numbers, which move their line breaks. */
const startsSentence =
	/^(?:passed: |failed: |unknown: |waiting: |next: |The chain: |BuildKit took |RECORDED |Engine: |Your files: |\S+\/Dockerfile, target )/;
const endsSentence = /^(?:$| |> |\d+ |Type |stage |The command )/;

const joinSentences = (lines: string[]): string[] => {
	const joined: string[] = [];
	let isOpen = false;
	for (const line of lines) {
		const isStart = startsSentence.test(line);
		if (isOpen && !isStart && !endsSentence.test(line)) joined.push(`${joined.pop()} ${line}`);
		else {
			joined.push(line);
			isOpen = isStart;
		}
	}
	return joined;
};

/** Returns the text of a session without the parts that differ between runs. */
export const maskSession = (text: string): string => {
	const whole = joinSentences(text.split('\n'))
		.join('\n')
		.replaceAll(/^(The command ended .*[^.\n])\n(.*\.)$/gm, '$1 $2');
	const masked = masks.reduce((before, [what, mask]) => before.replaceAll(what, mask), whole);
	// Table columns are as wide as their content.
	const lines = masked
		.split('\n')
		.map(line => (/IMAGE ID|<ago>/.test(line) ? line.replaceAll(/ {2,}/g, '  ') : line));
	// Stages that run in parallel print in any order, and Docker lists images of the same second in any order.
	return sortRuns(sortRuns(lines, stageOfProgress), line => (line.includes('<ago>') ? line : null)).join(
		'\n',
	);
};
