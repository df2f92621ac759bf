// What the server tells, as JSON.

export type Fields = Record<string, number | string>;
export type Info = Record<string, Fields>;

export interface Place {
    file: string;
    line: number;
    function: string;
}

export interface Task {
    name: string;
    age_ms: number;
    client?: number;  // the one it is about
    state?: string;  // of that client
    // Only from a server that was built to tell where tasks wait.
    places?: Place[];  // of its co_awaits, the innermost first
    parked_ms?: number;
    resumed?: number;
    busy_us?: number;
    longest_us?: number;
}

export interface Thread {
    thread: number;
    tasks: Task[];
    mailbox?: { length: number; capacity: number };
}

export interface Client {
    id: number;
    addr: string;
    name: string;
    age: number;
    idle: number;
    db: number;
    cmd: string;
}

export type Phase = 'running' | 'not_accepting' | 'not_reading' | 'flushing' | 'hard';

export interface Shutdown {
    phase: Phase;
    clients: number;
    answering: number;
    drained: number;
    forced: number;
    bytes_lost: number;
}

export interface FeedMessage {
    seq: number;
    dropped: number;
    at_ms: number;
    info?: Info;
    tasks?: Thread[];
    clients?: Client[];
    shutdown: Shutdown;
}

// COMMAND DOCS.
export interface Argument {
    name: string;
    type: string;
    token?: string;
    flags?: string[];
    arguments?: Argument[];
}

export interface CommandDoc {
    summary: string;
    since: string;
    group: string;
    complexity?: string;
    arguments?: Argument[];
    subcommands?: Record<string, CommandDoc>;
}
