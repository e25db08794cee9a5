package dev.millrace.sql.function;

/** Trigonometric and hyperbolic functions. Those of degrees are exact where the result is a simple number, by the way that Postgres takes there. */
public final class Trigonometry {
    private static final double RADIANS_PER_DEGREE = Math.PI / 180;
    private static final double SIN_30 = Math.sin(30 * RADIANS_PER_DEGREE);
    private static final double ONE_MINUS_COS_60 = 1 - Math.cos(60 * RADIANS_PER_DEGREE);
    private static final double ASIN_HALF = Math.asin(0.5);
    private static final double ACOS_HALF = Math.acos(0.5);
    private static final double ATAN_1 = Math.atan(1);
    private static final double TAN_45 = sinFirstQuadrant(45) / cosFirstQuadrant(45);
    private static final double COT_45 = cosFirstQuadrant(45) / sinFirstQuadrant(45);

    private Trigonometry() {}

    @Sql(value = "sin(float8) float8", about = "sine of radians", example = "sin(1)")
    public static double sin(double x) {
        return Math.sin(finite(x));
    }

    @Sql(value = "cos(float8) float8", about = "cosine of radians", example = "cos(1)")
    public static double cos(double x) {
        return Math.cos(finite(x));
    }

    @Sql(value = "tan(float8) float8", about = "tangent of radians", example = "tan(1)")
    public static double tan(double x) {
        return Math.tan(finite(x));
    }

    @Sql(value = "cot(float8) float8", about = "cotangent of radians", example = "cot(1)")
    public static double cot(double x) {
        return 1 / Math.tan(finite(x));
    }

    @Sql(value = "asin(float8) float8", about = "inverse sine, in radians", example = "asin(0.5)")
    public static double asin(double x) {
        return Math.asin(ratio(x));
    }

    @Sql(value = "acos(float8) float8", about = "inverse cosine, in radians", example = "acos(0.5)")
    public static double acos(double x) {
        return Math.acos(ratio(x));
    }

    @Sql(value = "atan(float8) float8", about = "inverse tangent, in radians", example = "atan(1)", mayFail = false)
    public static double atan(double x) {
        return Math.atan(x);
    }

    @Sql(
            value = "atan2(float8, float8) float8",
            about = "inverse tangent of a quotient, in radians",
            example = "atan2(1, -1)",
            mayFail = false)
    public static double atan2(double y, double x) {
        return Math.atan2(y, x);
    }

    @Sql(value = "sinh(float8) float8", about = "hyperbolic sine", example = "sinh(1)", mayFail = false)
    public static double sinh(double x) {
        return Math.sinh(x);
    }

    @Sql(value = "cosh(float8) float8", about = "hyperbolic cosine", example = "cosh(0)", mayFail = false)
    public static double cosh(double x) {
        return Math.cosh(x);
    }

    @Sql(value = "tanh(float8) float8", about = "hyperbolic tangent", example = "tanh(1)", mayFail = false)
    public static double tanh(double x) {
        return Math.tanh(x);
    }

    @Sql(value = "asinh(float8) float8", about = "inverse hyperbolic sine", example = "asinh(1)", mayFail = false)
    public static double asinh(double x) {
        double size = Math.abs(x);
        if (Double.isInfinite(x) || size < 0x1p-28) {
            return x;
        }
        double result;
        if (size > 0x1p28) {
            result = Math.log(size) + Math.log(2);
        } else if (size > 2) {
            result = Math.log(2 * size + 1 / (Math.sqrt(x * x + 1) + size));
        } else {
            result = Math.log1p(size + x * x / (1 + Math.sqrt(1 + x * x)));
        }
        return Math.copySign(result, x);
    }

    @Sql(value = "acosh(float8) float8", about = "inverse hyperbolic cosine", example = "acosh(2)")
    public static double acosh(double x) {
        if (x < 1) {
            throw outOfRange();
        }
        if (x > 0x1p28) {
            return Math.log(x) + Math.log(2);
        }
        double above = x - 1;
        return x > 2
                ? Math.log(2 * x - 1 / (x + Math.sqrt(x * x - 1)))
                : Math.log1p(above + Math.sqrt(2 * above + above * above));
    }

    @Sql(value = "atanh(float8) float8", about = "inverse hyperbolic tangent", example = "atanh(0.5)")
    public static double atanh(double x) {
        if (Math.abs(x) > 1) {
            throw outOfRange();
        }
        double size = Math.abs(x);
        return size < 0x1p-28 ? x : Math.copySign(0.5 * Math.log1p(2 * size / (1 - size)), x);
    }

    @Sql(value = "sind(float8) float8", about = "sine of degrees", example = "sind(30)")
    public static double sind(double x) {
        double degrees = finite(x) % 360;
        double sign = degrees < 0 ? -1 : 1;
        degrees = degrees < 0 ? -degrees : degrees;
        if (degrees > 180) {
            degrees = 360 - degrees;
            sign = -sign;
        }
        return sign * sinFirstQuadrant(degrees > 90 ? 180 - degrees : degrees);
    }

    @Sql(value = "cosd(float8) float8", about = "cosine of degrees", example = "cosd(60)")
    public static double cosd(double x) {
        double degrees = Math.abs(finite(x) % 360);
        degrees = degrees > 180 ? 360 - degrees : degrees;
        return degrees > 90 ? -cosFirstQuadrant(180 - degrees) : cosFirstQuadrant(degrees);
    }

    @Sql(value = "tand(float8) float8", about = "tangent of degrees", example = "tand(45)")
    public static double tand(double x) {
        return quotient(x, true);
    }

    @Sql(value = "cotd(float8) float8", about = "cotangent of degrees", example = "cotd(45)")
    public static double cotd(double x) {
        return quotient(x, false);
    }

    private static double quotient(double x, boolean tangent) {
        double degrees = finite(x) % 360;
        double sign = degrees < 0 ? -1 : 1;
        degrees = degrees < 0 ? -degrees : degrees;
        if (degrees > 180) {
            degrees = 360 - degrees;
            sign = -sign;
        }
        if (degrees > 90) {
            degrees = 180 - degrees;
            sign = -sign;
        }
        double sine = sinFirstQuadrant(degrees);
        double cosine = cosFirstQuadrant(degrees);
        double result = sign * (tangent ? sine / cosine / TAN_45 : cosine / sine / COT_45);
        return result == 0 ? 0 : result;
    }

    @Sql(value = "asind(float8) float8", about = "inverse sine, in degrees", example = "asind(0.5)")
    public static double asind(double x) {
        return ratio(x) >= 0 ? asinPositive(x) : -asinPositive(-x);
    }

    @Sql(value = "acosd(float8) float8", about = "inverse cosine, in degrees", example = "acosd(0.5)")
    public static double acosd(double x) {
        if (ratio(x) < 0) {
            return 90 + asinPositive(-x);
        }
        return x <= 0.5 ? 90 - Math.asin(x) / ASIN_HALF * 30 : Math.acos(x) / ACOS_HALF * 60;
    }

    @Sql(value = "atand(float8) float8", about = "inverse tangent, in degrees", example = "atand(1)", mayFail = false)
    public static double atand(double x) {
        return Math.atan(x) / ATAN_1 * 45;
    }

    @Sql(
            value = "atan2d(float8, float8) float8",
            about = "inverse tangent of a quotient, in degrees",
            example = "atan2d(1, -1)",
            mayFail = false)
    public static double atan2d(double y, double x) {
        return Math.atan2(y, x) / ATAN_1 * 45;
    }

    private static double asinPositive(double x) {
        return x <= 0.5 ? Math.asin(x) / ASIN_HALF * 30 : 90 - Math.acos(x) / ACOS_HALF * 60;
    }

    private static double sinFirstQuadrant(double degrees) {
        return degrees <= 30 ? sinTo30(degrees) : cosTo60(90 - degrees);
    }

    private static double cosFirstQuadrant(double degrees) {
        return degrees <= 60 ? cosTo60(degrees) : sinTo30(90 - degrees);
    }

    private static double sinTo30(double degrees) {
        return Math.sin(degrees * RADIANS_PER_DEGREE) / SIN_30 / 2;
    }

    private static double cosTo60(double degrees) {
        return 1 - (1 - Math.cos(degrees * RADIANS_PER_DEGREE)) / ONE_MINUS_COS_60 / 2;
    }

    private static double finite(double x) {
        if (Double.isInfinite(x)) {
            throw outOfRange();
        }
        return x;
    }

    private static double ratio(double x) {
        if (Math.abs(x) > 1) {
            throw outOfRange();
        }
        return x;
    }

    private static RuntimeException outOfRange() {
        return DataErrors.of("input is out of range");
    }
}
