import {spawn} from 'node:child_process';
import {atExit} from './at-exit.js';
import {builtProgram, nodeUnderTest} from './built-program.js';
import {childEnvironment, temporaryFolder} from './child-environment.js';

export type TalkOptions = {
	args?: string[];
	/** Added to `childEnvironment`, e.g. an engine's `env`. */
	env?: Record<string, string>;
	cwd?: string;
	home?: string;
};

/** The program in plain mode without a terminal, with which a test talks line by line. */
export type Talk = {
	cwd: string;
	home: string;
	/** Everything printed on stdout. */
	text(): string;
	stderr(): string;
	/** Resolves with the output since the last answer, once it waits for an answer or has ended. */
	asked(): Promise<string>;
	/** Resolves as soon as the output since the last answer contains or matches the text. */
	waitFor(wanted: string | RegExp): Promise<string>;
	say(line: string): void;
	/** Closes the input. */
	end(): void;
	kill(signal: NodeJS.Signals): void;
	exited: Promise<number | null>;
};

const patience = 120_000;

/** Opens the built program with `--plain`. */
export const openTalk = ({
	args = [],
	env,
	cwd = temporaryFolder(),
	home = temporaryFolder(),
}: TalkOptions = {}): Talk => {
	const child = spawn(nodeUnderTest, [builtProgram, '--plain', ...args], {
		cwd,
		env: childEnvironment(home, env),
	});
	const isGone = atExit(() => child.kill('SIGKILL'));
	let stdout = '';
	let stderr = '';
	let answeredAt = 0;
	let hasEnded = false;
	let look = () => {};
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		look();
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	child.stdin.on('error', () => {});
	const exited = new Promise<number | null>(resolve => {
		child.on('close', exitCode => {
			isGone();
			hasEnded = true;
			look();
			resolve(exitCode);
		});
	});
	const news = () => stdout.slice(answeredAt);
	const until = (holds: (text: string) => boolean, wanted: string): Promise<string> =>
		new Promise((resolve, reject) => {
			const timer = setTimeout(
				() => reject(new Error(`${wanted} did not come:\n${news()}\n${stderr}`)),
				patience,
			);
			look = () => {
				if (!holds(news()) && !hasEnded) return;
				clearTimeout(timer);
				if (holds(news())) resolve(news());
				else reject(new Error(`The program ended before ${wanted}:\n${news()}\n${stderr}`));
			};
			look();
		});
	return {
		cwd,
		home,
		text: () => stdout,
		stderr: () => stderr,
		asked: () => until(text => text.endsWith('\n> ') || hasEnded, 'a question'),
		waitFor: wanted =>
			until(text => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)), String(wanted)),
		say(line) {
			answeredAt = stdout.length;
			child.stdin.write(`${line}\n`);
		},
		end: () => child.stdin.end(),
		kill: signal => child.kill(signal),
		exited,
	};
};

/** In a challenge or a blank, reveals the hints and runs the solution; elsewhere takes the first choice. */
export const usualAnswer = (news: string): string => {
	const choices = news.slice(news.lastIndexOf('\n\n')).replaceAll(/\s+/g, ' ');
	if (!/ 1 (?:hint|solution|have it judged|fill in)\b/.test(choices)) return '';
	if (/ \d+ solution: run it/.test(choices)) return 's';
	return / \d+ (?:hint|solution) *,/.test(choices) ? 'h' : '';
};

/** Answers until the program ends or there is no answer. Resolves with its exit code, or null if it still runs. */
export const talkThrough = async (
	loop: Talk,
	answer: (news: string) => string | null = usualAnswer,
): Promise<number | null> => {
	for (;;) {
		const news = await loop.asked();
		if (!news.endsWith('\n> ')) return loop.exited;
		const said = answer(news);
		if (said === null) return null;
		loop.say(said);
	}
};
