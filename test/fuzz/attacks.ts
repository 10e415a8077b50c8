/** Sequences by which output has acted on real terminals; each may be cut at any byte. */
export const attacks: string[] = [
	// Cursor, erasing, scrolling, whole resets.
	'\u001B[1;1Howned',
	'\u001B[999A\u001B[999D',
	'\u001B[2J\u001B[3J',
	'\u001B[1;5r\u001B[9999S\u001B[9999T',
	'\u001B[K\u001B[1K\u001B[2K\u001B[P\u001B[10@\u001B[5L\u001B[5M',
	'\u001Bc',
	'\u001B[!p',
	'\u001B7\u001B[10;10Hx\u001B8',
	'\u001B[s\u001B[u\u001BM\u001BD\u001BE',
	'\u001B#8',
	// Titles, clipboard, links, notifications, colours of the terminal itself, the working folder.
	'\u001B]0;owned\u0007',
	'\u001B]2;owned\u001B\\',
	'\u001B]52;c;cm0gLXJmIH4=\u0007',
	'\u001B]52;p;?\u001B\\',
	'\u001B]8;;http://evil.example/\u001B\\click\u001B]8;;\u001B\\',
	'\u001B]9;4;1;50\u0007\u001B]777;notify;a;b\u0007',
	'\u001B]4;1;rgb:00/00/00\u001B\\\u001B]10;?\u0007\u001B]11;?\u001B\\',
	'\u001B]7;file:///etc\u0007',
	'\u001B]1337;File=inline=1:AAAA\u0007',
	// Questions that a terminal answers, as if the learner had typed.
	'\u001B[c\u001B[>c\u001B[=c',
	'\u001B[5n\u001B[6n\u001B[?6n',
	'\u001BZ\u0005',
	'\u001BP$qm\u001B\\\u001BP+q544e\u001B\\',
	'\u001B[18t\u001B[21t\u001B[14t',
	'\u001B[?1$p\u001B[4$p',
	// Modes.
	'\u001B[?1049h\u001B[?47h\u001B[?1047h',
	'\u001B[?1000h\u001B[?1002h\u001B[?1003h\u001B[?1006h',
	'\u001B[?2004h\u001B[?1004h\u001B[?2026h',
	'\u001B[?25l\u001B[?7l\u001B[?6h\u001B[4h\u001B[20h',
	'\u001B[>4;2m\u001B[=1u\u001B[>1u',
	// Character sets and shifts.
	'\u001B(0lqqk\u001B(B',
	'\u000E\u000F\u001BN\u001BO\u001Bn\u001Bo',
	'\u001B%G\u001B%@',
	// Strings of devices and applications.
	'\u001BPq#0;2;0;0;0~\u001B\\',
	'\u001B_Gf=100;AAAA\u001B\\',
	'\u001B^private\u001B\\\u001BXstart of string\u001B\\',
	// The same with one-byte controls.
	'\u009B2J\u009B1;1H\u009B6n\u009Bc',
	'\u009D0;owned\u009C\u009D52;c;AAAA\u0007',
	'\u0090q~\u009C\u009Eprivate\u009C\u009Fapplication\u009C\u0098string\u009C',
	'\u0084\u0085\u0088\u008D\u0096\u0097',
	// Direction overrides, isolates and marks, joiners, invisible and tag characters, line separators.
	'\u202Egnp.exe\u202C \u2066a\u2067b\u2068c\u2069 \u200E\u200F\u061C',
	'👩\u200D👩\u200D👧\u200D👦 👍🏽 ❤\uFE0F e\u0301\u0323\u0489',
	'\u00AD\u034F\u115F\u17B4\u180B\u200B\u2060\u3164\uFEFF\uFFA0\u{E0001}\u{E0041}',
	'\u2028\u2029\u000B\u000C\u0000\u0008\u0008\u0008\u007F',
	// Colours that are none, too long, or left on.
	'\u001B[31m\u001B[48;2;255;0;0mred',
	'\u001B[8mhidden\u001B[5mblinking\u001B[7minverse',
	`\u001B[${'1;'.repeat(200)}m`,
	'\u001B[3\u001B[1mx\u001B[38:2::1:2:3mx',
	// One inside of the other, and progress bars.
	'\u001B]0;a\u001B]0;b\u0007\u001B[2\u001B[2J',
	'\u001B[\u001B[\u001B[\u001B\u001B\u001B]',
	'10 %\r50 %\r\u001B[K100 %\r\r\t\t',
];
