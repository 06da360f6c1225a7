import * as z from 'zod';
import { type Field, isFault, type ListField, type MapField, readScalar, type ScalarField } from './field.js';
import { type Fault, firstFault } from './values/rule.js';

/** What an issue of ours carries in its `params`. `onKey`: the key is wrong, not its value. */
export interface FaultParams {
  readonly fault: Fault;
  readonly onKey?: boolean;
}

type Report = (path: readonly PropertyKey[], params: FaultParams) => void;

export function fieldSchema(field: Field): z.ZodType {
  switch (field.shape) {
    case 'text':
      return scalarSchema(field);
    case 'duration':
      return scalarSchema(field);
    case 'integer':
      return z.int().min(field.min).max(field.max);
    case 'boolean':
      return z.boolean();
    case 'list':
      return listSchema(field);
    case 'map':
      return mapSchema(field);
  }
}

/** @param mayBeEmpty an empty scalar is "not set"; an empty item of a list is an item like any other */
function scalarSchema(field: ScalarField, mayBeEmpty = true): z.ZodType {
  return z.string().check(
    checkAlways((value, report) => {
      if (typeof value !== 'string' || (mayBeEmpty && value === '')) return;
      const result = readScalar(field, value);
      if (isFault(result)) report([], { fault: result });
    }),
  );
}

function listSchema({ item, check }: ListField): z.ZodType {
  const list = z.array(scalarSchema(item, false));
  if (!check) return list;
  return list.check(
    checkAlways((value, report) => {
      if (!Array.isArray(value) || value.some((entry) => typeof entry !== 'string')) return;
      for (const { index, fault } of check(value)) report([index], { fault });
    }),
  );
}

function mapSchema({ key, value, check }: MapField): z.ZodType {
  return z.record(z.string(), scalarSchema(value, false)).check(
    checkAlways((given, report) => {
      for (const name of keysOf(given)) {
        const bad = firstFault(key.rules, name);
        if (bad) report([name], { fault: bad, onKey: true });
        const text = (given as Record<string, unknown>)[name];
        const fault = typeof text === 'string' ? check?.(name, text) : undefined;
        if (fault) report([name], { fault });
      }
    }),
  );
}

export function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

/** A check that runs although a value below it has the wrong type: all problems are wanted, not the first. */
export function checkAlways<T>(run: (value: unknown, report: Report) => void): z.core.$ZodCheck<T> {
  const check = z.check<T>(({ value, issues }) => {
    run(value, (path, params) => {
      issues.push({ code: 'custom', input: value, path: [...path], params: { ...params }, continue: true });
    });
  });
  check._zod.def.when = () => true;
  return check;
}
