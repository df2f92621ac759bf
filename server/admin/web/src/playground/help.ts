// What the server says of its commands: which there are, and how each is written.
import { ask } from '../wire/access';
import type { Argument, CommandDoc } from '../wire/messages';

export interface Command {
    name: string;  // as it is typed, in capitals: 'CONFIG GET'
    parts: string[];  // its arguments, one by one
    summary: string;
    more: string;  // since when, and how costly
}

function written(argument: Argument): string {
    const flags = argument.flags ?? [];
    const inner = (argument.arguments ?? []).map(written);
    let words = argument.name;
    if (argument.type === 'pure-token') words = argument.token ?? argument.name;
    if (argument.type === 'oneof') words = inner.join('|');
    if (argument.type === 'block') words = inner.join(' ');
    const token = argument.type === 'pure-token' ? '' : argument.token;
    if (token) words = `${token} ${words}`;
    if (flags.includes('multiple')) {
        const withToken = flags.includes('multiple_token') || !token;
        const again = withToken ? words : words.slice(token.length + 1);
        words = `${words} [${again} ...]`;
    }
    return flags.includes('optional') ? `[${words}]` : words;
}

function commandOf(name: string, doc: CommandDoc): Command {
    const since = doc.since ? `Since ${doc.since}.` : '';
    return {
        name,
        parts: (doc.arguments ?? []).map(written),
        summary: doc.summary,
        more: [since, doc.complexity].filter(Boolean).join(' '),
    };
}

export type Commands = Map<string, Command>;

export function commandsOf(docs: Record<string, CommandDoc>): Commands {
    const commands: Commands = new Map();
    for (const [name, doc] of Object.entries(docs)) {
        const word = name.toUpperCase();
        commands.set(word, commandOf(word, doc));
        for (const [full, sub] of Object.entries(doc.subcommands ?? {})) {
            const words = full.toUpperCase().replace('|', ' ');
            commands.set(words, commandOf(words, sub));
        }
    }
    return commands;
}

export const loadCommands = async (): Promise<Commands> =>
    commandsOf(await ask<Record<string, CommandDoc>>('/api/commands'));

const wordsOf = (line: string): string[] => line.trimStart().split(/\s+/);

// The command that a line begins with: of two words if there is one of both.
export function commandIn(line: string, commands: Commands): Command | undefined {
    const [first, second = ''] = wordsOf(line).map((word) => word.toUpperCase());
    return commands.get(`${first} ${second}`) ?? commands.get(first);
}

// What may still follow the line; empty as long as a word is being typed.
export function hintFor(line: string, commands: Commands): string {
    const command = commandIn(line, commands);
    if (!command || !/\s$/.test(line)) return '';
    const typed = wordsOf(line).length - 1 - command.name.split(' ').length;
    return command.parts.slice(typed).join(' ');
}

// Every command the line could become, as the whole line, in the case it is typed in.
export function completions(line: string, commands: Commands): string[] {
    const start = line.trimStart();
    if (!start || /\s\S+\s/.test(start)) return [];
    const wanted = start.replace(/\s+/, ' ').toUpperCase();
    const depth = wanted.split(' ').length;
    const lower = start === start.toLowerCase();
    return [...commands.keys()]
        .filter((name) => name.startsWith(wanted) && name.split(' ').length === depth)
        .sort()
        .map((name) => (lower ? name.toLowerCase() : name));
}
