// Prints what buildx 0.13 prints of a build of four stages at work side by side, whose commands print more lines than
// a real BuildKit lets through: `node print-build.js <lines a second> <seconds>`.
import {Buffer} from 'node:buffer';
import {writeSync} from 'node:fs';

const [rate = 0, seconds = 0] = process.argv.slice(2).map(Number);
const stages = ['one', 'two', 'three', 'four'].map((name, index) => ({
	name: `[${name} 2/2] RUN make`,
	digest: `sha256:${String(index + 1).repeat(64)}`,
}));
const now = () => new Date().toISOString();

const print = object => {
	const bytes = Buffer.from(`${JSON.stringify(object, null, '  ')}\n`);
	for (let written = 0; written < bytes.length; ) written += writeSync(2, bytes, written);
};

const started = Date.now();
const startTime = now();
print({vertexes: stages});
print({vertexes: stages.map(stage => ({...stage, started: startTime}))});
let printed = 0;
const timer = setInterval(() => {
	const due = Math.floor(Math.min(Date.now() - started, seconds * 1000) * (rate / 1000));
	const logs = [];
	for (; printed < due; printed++) {
		const {digest: vertex} = stages[printed % stages.length];
		const text = `\u001B[32m[${printed}]\u001B[0m compiling source/file-${printed % 977}.o, please wait\n`;
		logs.push({vertex, stream: 1, data: Buffer.from(text).toString('base64'), timestamp: now()});
	}
	if (logs.length > 0) print({logs});
	if (Date.now() - started < seconds * 1000) return;
	clearInterval(timer);
	print({vertexes: stages.map(stage => ({...stage, started: startTime, completed: now()}))});
}, 10);
