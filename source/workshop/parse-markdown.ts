import type {Root, RootContent} from 'mdast';
import {fromMarkdown} from 'mdast-util-from-markdown';
import {gfmFromMarkdown} from 'mdast-util-gfm';
import {gfm} from 'micromark-extension-gfm';

/** Markdown with GitHub's additions (tables, strikethrough, bare links), every node with its position. */
export const parseMarkdown = (text: string): Root =>
	fromMarkdown(text, {extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()]});

/** A tree of its own from some nodes of another. */
export const rootOf = (children: RootContent[]): Root => ({type: 'root', children});
