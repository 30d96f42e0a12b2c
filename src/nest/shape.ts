// nest: what the decorators of a class say, read once for all inputs of that class.
import type { Type } from '@nestjs/common';
import { TransformationType, type TransformFnParams } from 'class-transformer';
import { defaultMetadataStorage as transformer } from 'class-transformer/cjs/storage.js';
import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import { getMetadataStorage, ValidationTypes } from '../kernel/validation.js';

/** What class-validator keeps of one decorator. */
type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** A rule with whoever knows whether a value keeps it. */
export interface Check {
  readonly constraint: ValidatorConstraintInterface;
  readonly constraints: ValidationArguments['constraints'];
  /** Of a list, each element must keep the rule. */
  readonly each: boolean;
}

export interface Field {
  readonly name: string;
  /** While one of them says no, nothing else is asked of the field. */
  readonly conditions: readonly ((instance: object, value: unknown) => boolean)[];
  readonly checks: readonly Check[];
  readonly transforms: readonly ((given: TransformFnParams) => unknown)[];
  /** What is sent becomes a number. */
  readonly numeric: boolean;
  /** What each object of a list is. */
  readonly lines?: Shape;
}

export interface Shape {
  readonly of: Type<object>;
  readonly fields: ReadonlyMap<string, Field>;
  /** The same in a row: a map is slow to go through. */
  readonly inRow: readonly Field[];
}

const { CUSTOM_VALIDATION, CONDITIONAL_VALIDATION, NESTED_VALIDATION } = ValidationTypes;
const USUAL: readonly string[] = [CUSTOM_VALIDATION, CONDITIONAL_VALIDATION, NESTED_VALIDATION];

const shapes = new WeakMap<Type<object>, { readonly shape: Shape | undefined }>();

/** The shape of a class; undefined when its decorators say more than a shape can hold. */
export function shapeOf(of: Type<object>): Shape | undefined {
  const known = shapes.get(of);
  if (known) return known.shape;
  // A class that holds itself finds this while it is read, and has no shape.
  shapes.set(of, { shape: undefined });
  const shape = isExposedInPart(of) ? undefined : readShape(of);
  shapes.set(of, { shape });
  return shape;
}

function isExposedInPart(of: Type<object>): boolean {
  return transformer.getExposedMetadatas(of).length + transformer.getExcludedMetadatas(of).length > 0;
}

function readShape(of: Type<object>): Shape | undefined {
  const fields = new Map<string, Field>();
  for (const [name, rules] of rulesOf(of)) {
    const field = name in of.prototype ? undefined : readField(of, name, rules);
    if (!field) return undefined;
    fields.set(name, field);
  }
  const before = Object.entries(new of());
  const onlyFields = before.every(([name, value]) => fields.has(name) && typeof value !== 'function');
  return onlyFields && fields.size > 0 ? { of, fields, inRow: [...fields.values()] } : undefined;
}

function rulesOf(of: Type<object>): [string, Rule[]][] {
  const storage = getMetadataStorage();
  return Object.entries(storage.groupByPropertyName(storage.getTargetValidationMetadatas(of, '', false, false)));
}

function readField(of: Type<object>, name: string, rules: readonly Rule[]): Field | undefined {
  if (!rules.every(({ type, validateIf }) => USUAL.includes(type) && validateIf === undefined)) return undefined;
  const checks = rules.filter(({ type }) => type === CUSTOM_VALIDATION).map(checkOf);
  const transforms = transformer.findTransformMetadatas(of, name, TransformationType.PLAIN_TO_CLASS);
  const made = madeOf(of, name, rules);
  const isUsual = checks.every((check) => check !== undefined) && transforms.every(({ options }) => isEmpty(options));
  if (!isUsual || !made) return undefined;
  return {
    name,
    conditions: rules
      .filter(({ type }) => type === CONDITIONAL_VALIDATION)
      .map(({ constraints }) => constraints[0] as Field['conditions'][number]),
    checks,
    transforms: transforms.map(({ transformFn }) => transformFn),
    ...made,
  };
}

/** Whether a field is made a number or lines; undefined for any other class that it is made. */
function madeOf(of: Type<object>, name: string, rules: readonly Rule[]): Pick<Field, 'numeric' | 'lines'> | undefined {
  const type = transformer.findTypeMetadata(of, name) as ReturnType<typeof transformer.findTypeMetadata> | undefined;
  const nested = rules.some((rule) => rule.type === NESTED_VALIDATION);
  if (!type) return nested ? undefined : { numeric: false };
  if (!isEmpty(type.options)) return undefined;
  const made = type.typeFunction();
  if (made === Number) return nested ? undefined : { numeric: true };
  const lines = nested && type.reflectedType === Array ? shapeOf(made as Type<object>) : undefined;
  return lines && { numeric: false, lines };
}

function checkOf({ constraintCls, constraints, each }: Rule): Check | undefined {
  const [known, ...more] = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  if (!known || known.async || more.length > 0) return undefined;
  return {
    constraint: known.instance,
    constraints,
    each,
  };
}

function isEmpty(options: object | undefined): boolean {
  return Object.keys(options ?? {}).length === 0;
}
