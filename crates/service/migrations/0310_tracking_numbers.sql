-- Numbers are indexed in one normal form: a shop may have stored what a barcode holds, and the provider speaks of the number in it.
-- The rules are those of domain/tracking/number.rs, as far as they can be told by length and first digits; a number that needs more
-- is found as it was written until its order is stored again.

UPDATE shipments SET tracking_key = substr(tracking_key, 3)
WHERE (tracking_key GLOB 'C1420*' AND length(tracking_key) IN (30, 32, 34, 36) OR tracking_key GLOB 'C100*' AND length(tracking_key) = 22 OR tracking_key GLOB 'C196*' AND length(tracking_key) IN (24, 36))
    AND substr(tracking_key, 3) NOT GLOB '*[^0-9]*';
UPDATE shipments SET tracking_key = CASE
    WHEN length(tracking_key) = 28 AND tracking_key GLOB '420*' THEN substr(tracking_key, 9)
    WHEN length(tracking_key) = 30 AND tracking_key GLOB '420?????9[1-5]*' THEN substr(tracking_key, 9)
    WHEN length(tracking_key) = 32 AND tracking_key GLOB '420*' THEN substr(tracking_key, 13)
    WHEN length(tracking_key) = 34 AND tracking_key GLOB '420?????????9[1-5]*' THEN substr(tracking_key, 13)
    WHEN length(tracking_key) = 34 AND tracking_key GLOB '420?????9[1-5]*' THEN substr(tracking_key, 9)
    WHEN length(tracking_key) = 20 AND tracking_key GLOB '00*' THEN substr(tracking_key, 3)
    WHEN length(tracking_key) = 22 AND tracking_key GLOB '96*' THEN substr(tracking_key, 8)
    WHEN length(tracking_key) = 34 AND (tracking_key GLOB '96*' OR tracking_key GLOB '100*') THEN
        CASE WHEN substr(tracking_key, 21, 2) = '00' THEN substr(tracking_key, 23) ELSE substr(tracking_key, 21) END
    WHEN length(tracking_key) = 32 AND tracking_key GLOB '3*' THEN substr(tracking_key, 17, 12)
    ELSE tracking_key
END
WHERE length(tracking_key) IN (20, 22, 28, 30, 32, 34) AND tracking_key NOT GLOB '*[^0-9]*';
UPDATE shipments SET tracking_key = substr(tracking_key, 2) WHERE tracking_key GLOB 'JJD[0-9]*' AND substr(tracking_key, 4) NOT GLOB '*[^0-9]*';

UPDATE last_miles SET tracking_key = substr(tracking_key, 3)
WHERE (tracking_key GLOB 'C1420*' AND length(tracking_key) IN (30, 32, 34, 36) OR tracking_key GLOB 'C100*' AND length(tracking_key) = 22 OR tracking_key GLOB 'C196*' AND length(tracking_key) IN (24, 36))
    AND substr(tracking_key, 3) NOT GLOB '*[^0-9]*';
UPDATE last_miles SET tracking_key = CASE
    WHEN length(tracking_key) = 28 AND tracking_key GLOB '420*' THEN substr(tracking_key, 9)
    WHEN length(tracking_key) = 30 AND tracking_key GLOB '420?????9[1-5]*' THEN substr(tracking_key, 9)
    WHEN length(tracking_key) = 32 AND tracking_key GLOB '420*' THEN substr(tracking_key, 13)
    WHEN length(tracking_key) = 34 AND tracking_key GLOB '420?????????9[1-5]*' THEN substr(tracking_key, 13)
    WHEN length(tracking_key) = 34 AND tracking_key GLOB '420?????9[1-5]*' THEN substr(tracking_key, 9)
    WHEN length(tracking_key) = 20 AND tracking_key GLOB '00*' THEN substr(tracking_key, 3)
    WHEN length(tracking_key) = 22 AND tracking_key GLOB '96*' THEN substr(tracking_key, 8)
    WHEN length(tracking_key) = 34 AND (tracking_key GLOB '96*' OR tracking_key GLOB '100*') THEN
        CASE WHEN substr(tracking_key, 21, 2) = '00' THEN substr(tracking_key, 23) ELSE substr(tracking_key, 21) END
    WHEN length(tracking_key) = 32 AND tracking_key GLOB '3*' THEN substr(tracking_key, 17, 12)
    ELSE tracking_key
END
WHERE length(tracking_key) IN (20, 22, 28, 30, 32, 34) AND tracking_key NOT GLOB '*[^0-9]*';
UPDATE last_miles SET tracking_key = substr(tracking_key, 2) WHERE tracking_key GLOB 'JJD[0-9]*' AND substr(tracking_key, 4) NOT GLOB '*[^0-9]*';

UPDATE OR IGNORE unclaimed SET tracking_key = substr(tracking_key, 3)
WHERE (tracking_key GLOB 'C1420*' AND length(tracking_key) IN (30, 32, 34, 36) OR tracking_key GLOB 'C100*' AND length(tracking_key) = 22 OR tracking_key GLOB 'C196*' AND length(tracking_key) IN (24, 36))
    AND substr(tracking_key, 3) NOT GLOB '*[^0-9]*';
UPDATE OR IGNORE unclaimed SET tracking_key = CASE
    WHEN length(tracking_key) = 28 AND tracking_key GLOB '420*' THEN substr(tracking_key, 9)
    WHEN length(tracking_key) = 30 AND tracking_key GLOB '420?????9[1-5]*' THEN substr(tracking_key, 9)
    WHEN length(tracking_key) = 32 AND tracking_key GLOB '420*' THEN substr(tracking_key, 13)
    WHEN length(tracking_key) = 34 AND tracking_key GLOB '420?????????9[1-5]*' THEN substr(tracking_key, 13)
    WHEN length(tracking_key) = 34 AND tracking_key GLOB '420?????9[1-5]*' THEN substr(tracking_key, 9)
    WHEN length(tracking_key) = 20 AND tracking_key GLOB '00*' THEN substr(tracking_key, 3)
    WHEN length(tracking_key) = 22 AND tracking_key GLOB '96*' THEN substr(tracking_key, 8)
    WHEN length(tracking_key) = 34 AND (tracking_key GLOB '96*' OR tracking_key GLOB '100*') THEN
        CASE WHEN substr(tracking_key, 21, 2) = '00' THEN substr(tracking_key, 23) ELSE substr(tracking_key, 21) END
    WHEN length(tracking_key) = 32 AND tracking_key GLOB '3*' THEN substr(tracking_key, 17, 12)
    ELSE tracking_key
END
WHERE length(tracking_key) IN (20, 22, 28, 30, 32, 34) AND tracking_key NOT GLOB '*[^0-9]*';
UPDATE OR IGNORE unclaimed SET tracking_key = substr(tracking_key, 2) WHERE tracking_key GLOB 'JJD[0-9]*' AND substr(tracking_key, 4) NOT GLOB '*[^0-9]*';
