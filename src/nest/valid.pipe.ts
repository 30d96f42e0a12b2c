// nest: every body and query becomes an instance of its class, or a 400 that names the field.
import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { valid } from './validate.js';

const PLAIN: readonly unknown[] = [String, Boolean, Number, Array, Object, undefined];

@Injectable()
export class ValidPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'param' || !metatype || PLAIN.includes(metatype)) return value;
    return valid(metatype as new () => object, value ?? {});
  }
}
