import test from 'ava';
import {parseShellSettings} from '../../../source/session/plan/shell-line.js';
import type {Dialect} from '../../../source/workshop/model.js';

const environment = {HOME: '/home/ada', PATH: '/bin', OLD: 'was'};

/** What is read, in short: `NAME=value`, `-NAME`, `cd folder`. */
const shorten = (line: string, dialect: Dialect): string[] | null =>
	parseShellSettings(line, dialect, environment)?.map(setting =>
		setting.setting === 'folder'
			? `cd ${setting.folder ?? ''}`
			: setting.value === null
				? `-${setting.name}`
				: `${setting.name}=${setting.value}`,
	) ?? null;

const reads = test.macro({
	exec(t, dialect: Dialect, line: string, expected: string[] | null) {
		t.deepEqual(shorten(line, dialect), expected);
	},
	title: (_, dialect, line, expected) => `${dialect}: \`${line}\` ${expected ? 'sticks' : 'is the shell’s'}`,
});

test(reads, 'sh', 'export DOCKER_BUILDKIT=0', ['DOCKER_BUILDKIT=0']);
test(reads, 'sh', '  export A="two words" B=\'$HOME\'', ['A=two words', 'B=$HOME']);
test(reads, 'sh', 'export PATH="$PATH:/opt"', ['PATH=/bin:/opt']);
test(reads, 'sh', 'export OLD', ['OLD=was']);
test(reads, 'sh', 'unset A B', ['-A', '-B']);
test(reads, 'sh', 'cd simple', ['cd simple']);
test(reads, 'sh', 'cd', ['cd ']);
test(reads, 'sh', 'cd ~/x', ['cd /home/ada/x']);
test(reads, 'sh', 'export A=1 && docker ps', null);
test(reads, 'sh', 'export A=$(date)', null);
test(reads, 'sh', 'export', null);
test(reads, 'sh', 'cd simple; ls', null);
test(reads, 'sh', 'cdx simple', null);
test(reads, 'sh', 'A=1 docker build .', null);
test(reads, 'powershell', "$env:DOCKER_BUILDKIT='0'", ['DOCKER_BUILDKIT=0']);
test(reads, 'powershell', '$env:A = "b"', ['A=b']);
test(reads, 'powershell', 'Remove-Item Env:A', ['-A']);
test(reads, 'powershell', "cd 'my folder'", ['cd my folder']);
test(reads, 'powershell', 'cd ~/x', ['cd /home/ada/x']);
test(reads, 'powershell', 'cd simple; ls', null);
test(reads, 'powershell', 'export A=1', null);
test('powershell: `~` is the folder of the user, as Windows names it', t => {
	t.deepEqual(parseShellSettings('cd ~', 'powershell', {USERPROFILE: 'C:\\Users\\Ada'}), [
		{setting: 'folder', folder: 'C:\\Users\\Ada'},
	]);
});
test(reads, 'cmd', 'set DOCKER_BUILDKIT=0', ['DOCKER_BUILDKIT=0']);
test(reads, 'cmd', 'set "A=b c"', ['A=b c']);
test(reads, 'cmd', 'set A=', ['-A']);
test(reads, 'cmd', 'cd /d D:\\lab', ['cd D:\\lab']);
test(reads, 'cmd', 'set A=%PATH%', null);
test(reads, 'cmd', 'set A=1 & docker ps', null);
